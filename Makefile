# Everything is done by tools/bootstrap.py, which needs Python 3.11 or later and nothing else.
PYTHON ?= python3
BOOTSTRAP = @$(PYTHON) tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test check fix lock bench setup clean

help:   ## 列出这些命令 · list these commands
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 14

run:    ## 装好一切并启动（SMARTEDU_PORT 可改端口） · set everything up and serve (SMARTEDU_PORT changes the port)
	$(BOOTSTRAP) run

test:   ## 全部测试；ARGS="tests/base -k lock" 只测一部分 · every test; ARGS="tests/base -k lock" for some
	$(BOOTSTRAP) test $(ARGS)

check:  ## 格式、类型、层次、迁移、文档 · style, types, floors, migrations, generated docs
	$(BOOTSTRAP) check

fix:    ## 自动改正能改正的 · mend what can be mended by itself
	$(BOOTSTRAP) fix

bench:  ## 性能测量；ARGS=bench/front.py 只测一项 · measure; ARGS=bench/front.py for one
	$(BOOTSTRAP) bench $(ARGS)

lock:   ## 重新锁定依赖 · resolve the locked packages anew
	$(BOOTSTRAP) lock

setup:  ## 只准备开发环境 · only prepare what development needs
	$(BOOTSTRAP) setup

clean:  ## 删除可重新生成的内容，不动 var/ 中的数据 · remove what can be made again; data in var/ stays
	rm -rf .venv frontend/node_modules smartedu/static/build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
