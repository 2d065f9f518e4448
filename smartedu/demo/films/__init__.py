"""Twelve lesson films that the demonstration draws, speaks and captions by itself: `FILMS` and `make_film`.

Nothing in them is borrowed. A film is made once and kept (see `engine.make_film`); it becomes a stream for the
player through `smartedu.library.media.transcode.make_hls`.
"""

from smartedu.demo.films import (
    buoyancy,
    conservation_of_mass,
    fractions,
    monotonic,
    photosynthesis,
    projectile,
    pythagoras,
    quiet_night,
    seasons,
    silk_road,
    three_four_time,
    what_time,
)
from smartedu.demo.films.engine import MadeFilm, made, make_film
from smartedu.demo.films.timeline import Film

FILMS: tuple[Film, ...] = (
    pythagoras.FILM,
    photosynthesis.FILM,
    fractions.FILM,
    quiet_night.FILM,
    buoyancy.FILM,
    seasons.FILM,
    conservation_of_mass.FILM,
    monotonic.FILM,
    what_time.FILM,
    silk_road.FILM,
    three_four_time.FILM,
    projectile.FILM,
)

__all__ = ["FILMS", "Film", "MadeFilm", "made", "make_film"]
