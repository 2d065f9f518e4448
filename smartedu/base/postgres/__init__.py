"""PostgreSQL: ours, from the programs of a wheel, or one's own; started, watched, saved and brought back."""

from .backup import Contents, back_up
from .cluster import init_cluster, is_made
from .connection import check_server, connection_options, connection_parameters, is_ready, url
from .lock import AlreadyRunning, instance_lock
from .place import PostgresError
from .restore import restore
from .server import Server, running, start, stop

__all__ = [
    "AlreadyRunning",
    "Contents",
    "PostgresError",
    "Server",
    "back_up",
    "check_server",
    "connection_options",
    "connection_parameters",
    "init_cluster",
    "instance_lock",
    "is_made",
    "is_ready",
    "restore",
    "running",
    "start",
    "stop",
    "url",
]
