"""How the site is served. WEB_CONCURRENCY and THREADS come from the environment."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("THREADS", "4"))
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# Longer than the 8 KB query that our ingress answers with 400, so that it is ours to answer.
limit_request_line = 8190
limit_request_fields = 60
# One line a request, without address, query or browser: nothing personal.
accesslog = os.environ.get("ACCESS_LOG") or None
access_log_format = '%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms'
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
no_control_socket = True
