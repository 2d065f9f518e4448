"""The words of the settings: what each is for, and how a wrong one is told, in Chinese and English."""

from pydantic_core import ErrorDetails, PydanticCustomError

# name: (what it is in Chinese, in English, an example)
ABOUT: dict[str, tuple[str, str, str]] = {
    "data_dir": ("数据文件夹", "the folder for all data", "/srv/smartedu"),
    "host": ("监听地址", "the address to listen on", "127.0.0.1"),
    "port": ("访问端口", "the port that visitors use", "8000"),
    "public_url": ("公开网址", "the address that visitors type", "https://edu.example.cn"),
    "sandbox_host": ("隔离主机名", "another host name, for uploaded pages", "files.example.cn"),
    "extra_hosts": ("另外接受的主机名", "further host names that are answered", "www.example.cn,10.0.0.5"),
    "trusted_proxies": ("可信的反向代理", "proxies whose X-Forwarded-… is believed", "127.0.0.1"),
    "production": ("正式运行", "whether real people use it", "true"),
    "secret_key": (
        "签名密钥，至少 32 个字符",
        "signs sessions; at least 32 characters",
        "$(openssl rand -base64 48)",
    ),
    "languages": ("界面语言", "the languages of the pages", "zh,en"),
    "log_level": ("日志级别", "how much is logged", "INFO"),
    "database_url": (
        "自备的 PostgreSQL（15 或更新）；不填则自带",
        "a PostgreSQL (15 or later) of one's own; unset: ours",
        "postgresql://smartedu:PASSWORD@db.example.cn/smartedu",
    ),
    "postgres_bin": (
        "PostgreSQL 程序所在文件夹；不填则用自带的",
        "the folder of PostgreSQL's programs; unset: ours",
        "/usr/lib/postgresql/17/bin",
    ),
    "nodes": ("共用数据库的服务器数", "machines that share the database", "1"),
    "reserve_connections": (
        "为命令行和备份预留的连接数",
        "connections kept for commands and backups",
        "10",
    ),
    "app_processes": ("应用进程数", "processes of the app", "2"),
    "app_threads": ("每个应用进程的线程数", "threads of each app process", "4"),
    "fronts": ("前端进程数", "front processes", "1"),
    "front_pool": ("每个前端进程的连接数", "database connections of each front", "2"),
    "page_memory_mb": (
        "每个前端进程用多少内存记住页面（MB）；约 35 页占 1 MB",
        "memory for pages in each front process, in MB; some 35 pages take 1 MB",
        "512",
    ),
    "worker_concurrency": ("同时进行的后台任务数", "background jobs at a time", "2"),
    "body_limit_mb": ("一次请求的上限（MB）", "the largest request, in MB", "20"),
    "ffmpeg": ("ffmpeg 程序", "the ffmpeg program", "/usr/bin/ffmpeg"),
    "operator_name_zh": ("主办单位名称", "who runs the platform, in Chinese", "某某县教育局"),
    "operator_name_en": ("主办单位的英文名称", "who runs the platform, in English", "Moumou County Education Bureau"),
    "contact_email": ("联系邮箱", "where people may write to", "edu@example.cn"),
    "contact_phone": ("联系电话", "where people may call", "010-12345678"),
    "icp_number": ("ICP 备案号，显示在页脚", "the ICP filing number, shown at the foot", "京ICP备12345678号-1"),
    "police_number": (
        "公安备案号，显示在页脚",
        "the police filing number, shown at the foot",
        "京公网安备11010502012345号",
    ),
    "help_lines": (
        "求助热线文件（TOML）；不填则用自带的全国热线",
        "a TOML file of help lines; unset: the national ones",
        "/etc/smartedu/help_lines.toml",
    ),
}


def told(zh: str, en: str) -> PydanticCustomError:
    """An error of a field whose sentence is ours, in both languages."""
    return PydanticCustomError("told", "{en}", {"zh": zh, "en": en})  # type: ignore[call-overload, unused-ignore]


def words_for(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value, as the end of a sentence that begins with it: (zh, en)."""
    context = error.get("ctx", {})
    match error["type"]:
        case "told":
            return context["zh"], context["en"]
        case "int_parsing" | "int_type" | "int_from_float":
            return "不是整数。", "is not a whole number."
        case "bool_parsing" | "bool_type":
            return "应为 true 或 false。", "must be true or false."
        case "greater_than_equal":
            return f"太小，至少为 {context['ge']}。", f"is too small: at least {context['ge']}."
        case "less_than_equal":
            return f"太大，最多为 {context['le']}。", f"is too large: at most {context['le']}."
        case "string_too_short":
            least = context["min_length"]
            return f"太短，至少 {least} 个字符。", f"is too short: at least {least} characters."
        case "string_too_long":
            most = context["max_length"]
            return f"太长，最多 {most} 个字符。", f"is too long: at most {most} characters."
        case "string_pattern_mismatch":
            return "写法不对。", "is not written as it should be."
        case "literal_error":
            expected = str(context["expected"]).replace("'", "")
            return f"应为其中之一：{expected}。", f"must be one of {expected}."
        case _:
            return f"不能用：{error['msg']}", f"cannot be used: {error['msg']}"
