"""Serve the portal and the back office to browsers."""

import click

from mahis.config import schema, service


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve the portal and the back office until Ctrl-C.

    Refuses to start on tables that are not up to date: run `mahis db migrate` first.
    """
    service.require_free(host=host, port=port)
    service.require_sound_settings()
    missing = schema.pending(alias="default")
    if missing:
        message = f"The database lacks {len(missing)} migrations: run `mahis db migrate` first."
        raise click.ClickException(message)
    service.collect_static_files()
    click.echo(f"Serving at http://{host}:{port}/ (Ctrl-C ends it)")
    service.serve(host=host, port=port, workers=workers, threads=threads)
