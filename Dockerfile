# Two stages: packages are installed in the first, only what runs goes into the second.
FROM python:3.11-slim-bookworm AS build
COPY requirements.txt .
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --no-deps --require-hashes --only-binary :all: --requirement requirements.txt

FROM python:3.11-slim-bookworm
# Pango and HarfBuzz set the PDF's type; the fonts are the catalogue's.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 sentra
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MEDIA_ROOT=/data/media
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
# Static files are hashed and compressed once, at build time; the secret is for this step alone.
RUN SECRET_KEY=only-for-collecting-static-files python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p /data/media /app/var/pdf && chown -R sentra:sentra /data /app/var
USER sentra
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "scripts/healthcheck.py"]
CMD ["gunicorn", "--config", "gunicorn.conf.py", "--bind", "0.0.0.0:8000", "semarang_ikm.wsgi:application"]
