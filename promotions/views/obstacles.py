"""What became of the obstacles of businesses, in counts that point at nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from promotions.cases.figures import figures
from promotions.cases.suppression import FEWEST


@require_safe
def obstacles(request: HttpRequest) -> HttpResponse:
    return render(request, "promotions/obstacles.html", {"figures": figures(), "fewest": FEWEST})
