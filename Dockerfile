# One image for every process: web, worker and clock differ only in their command (see compose.yaml).
FROM python:3.13-slim AS packages
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 \
    DATA_DIR=/data STATIC_ROOT=/app/staticfiles LISTEN_ON=0.0.0.0 PORT=8000
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# Made once, into the image: a container then starts without writing outside its volume.
RUN useradd --create-home --uid 1000 helpdesk && mkdir /data && chown helpdesk: /data \
    && DATA_DIR=/tmp/build python manage.py compilemessages \
    && DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER helpdesk
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Alone, the image is the embedded help desk on SQLite; compose.yaml makes it the full stack.
CMD ["python", "manage.py", "start"]
