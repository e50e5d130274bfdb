"""Addresses of Naslag, all under library/."""

from django.urls import path

from samenspraak.library.views import own, shelf

app_name = "library"
urlpatterns = [
    path("", shelf.home, name="home"),
    path("search", shelf.search, name="search"),
    # own: the own words of an organisation
    path("own", own.own, name="own"),
    path("own/own-words.yaml", own.file, name="own_file"),
    path("own/upload", own.upload, name="upload_own"),
    path("own/texts", own.texts, name="own_texts"),
    path("own/wording/<slug:kind>/<slug:item_id>/<slug:field>", own.reword, name="reword"),
    path("own/add/<slug:kind>", own.add, name="add_own"),
    path("own/words/<uuid:own_id>", own.change, name="change_own"),
    path("own/words/<uuid:own_id>/take-back", own.take_back, name="take_back_own"),
    path("own/words/<uuid:own_id>/put-back", own.put_back, name="put_back_own"),
    # parts and items
    path("<slug:key>/", shelf.part, name="part"),
    path("<slug:kind>/<slug:item_id>/", shelf.item, name="item"),
]
