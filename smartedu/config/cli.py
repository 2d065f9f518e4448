"""The command line: `smartedu --help`.

Everything heavy is imported inside the command that needs it, so that help and refusals come at once. Known
errors are sentences in Chinese and English; the exit code is 1 for a refusal, 2 for a mistake in the command or
in the settings.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from smartedu.base.errors import DomainError

app = typer.Typer(
    name="smartedu",
    help="**SmartEdu 智慧教育** – 中小学智慧教育平台。 A smart-education platform for schools.\n\n"
    "设置都来自 SMARTEDU_… 环境变量，用 `smartedu doctor` 查看。 "
    "All settings are SMARTEDU_… variables; `smartedu doctor` shows them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
library = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", help="资源库。 The library.")
RUN, CONTENT, SAFE, OPERATE = "运行 Run", "内容 Content", "备份 Safe-keeping", "维护 Operate"
app.add_typer(library, name="library", rich_help_panel=CONTENT)


@app.command(rich_help_panel=RUN)
def serve() -> None:
    """启动整个平台，Ctrl-C 结束。 Run the whole platform; Ctrl-C ends it.

    例 Example: `SMARTEDU_PORT=8080 smartedu serve`
    """
    from smartedu.base.settings import get_settings
    from smartedu.config.serve import serve as run

    run(get_settings())


@app.command(rich_help_panel=RUN)
def setup(
    demo: Annotated[bool, typer.Option("--demo", help="并加入演示内容。 And add demonstration content.")] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="演示内容全部装完再返回。 Wait until all of it is loaded.")
    ] = False,
) -> None:
    """建好或更新数据库的表；可重复运行。 Make or update the database's tables; may be repeated.

    例 Example: `smartedu setup --demo`
    """
    from smartedu.config import commands

    commands.setup(with_demo=demo or whole, whole=whole)


@app.command(rich_help_panel=CONTENT)
def demo() -> None:
    """加入演示内容和每种角色的一个账号。 Add demonstration content and one account of each role.

    密码是公开的，因此正式运行时拒绝。 The passwords are public, so it refuses in production.

    例 Example: `smartedu demo`
    """
    from smartedu.config import commands

    commands.setup(with_demo=True)


@library.command("import-feed")
def import_feed(
    folder: Annotated[Path, typer.Argument(help="目录数据所在文件夹。 The folder with the feed.")],
) -> None:
    """导入公开目录数据；有一处损坏则全部不导入。 Import the public catalogue feed, all of it or nothing.

    例 Example: `smartedu library import-feed ../shared/data/public-feed`
    """
    from smartedu.config import commands

    commands.import_feed(folder)


@library.command()
def reindex() -> None:
    """重建搜索索引。 Build the search index anew.

    例 Example: `smartedu library reindex`
    """
    from smartedu.config import commands

    commands.reindex()


@app.command(rich_help_panel=SAFE)
def backup(
    target: Annotated[Path, typer.Argument(help="新文件，例如 2026-09-01.smartedu。 A new file.")],
) -> None:
    """把数据库和媒体存成一个文件；平台可以正在运行。 Save database and media into one file, also while serving.

    例 Example: `smartedu backup /backup/2026-09-01.smartedu`
    """
    from smartedu.config import commands

    commands.backup(target)


@app.command(rich_help_panel=SAFE)
def restore(
    file: Annotated[Path, typer.Argument(help="由 backup 写成的文件。 A file written by backup.")],
) -> None:
    """把备份读回到空的数据文件夹；先核对，不留半成品。 Bring a backup back into an empty data folder, whole or not.

    例 Example: `SMARTEDU_DATA_DIR=/srv/new smartedu restore /backup/2026-09-01.smartedu`
    """
    from smartedu.config import commands

    commands.restore(file)


@app.command(rich_help_panel=OPERATE)
def doctor() -> None:
    """列出设置（密码隐去）并说明有什么问题。 Show the settings, secrets masked, and what is wrong.

    例 Example: `smartedu doctor`
    """
    from smartedu.config import commands

    raise typer.Exit(commands.doctor())


@app.command(
    rich_help_panel=OPERATE,
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def manage(context: typer.Context) -> None:
    """Django 的管理命令。 Django's own management commands.

    例 Example: `smartedu manage shell`
    """
    from smartedu.config import commands

    commands.manage(context.args)


def main() -> None:
    """The console script `smartedu`."""
    try:
        app(prog_name="smartedu")
    except DomainError as error:
        from smartedu.base.settings import SettingsError

        for problem in error.problems:
            print(problem.text("zh"), problem.text("en"), sep="\n", file=sys.stderr)  # noqa: T201
        raise SystemExit(2 if isinstance(error, SettingsError) else 1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:  # `smartedu … | head`
        sys.stderr.close()
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
