"""Where the shelf stands, for readers and for those who write."""

from django.urls import path

from wholeperson.handbook.shelf.views import bulletins, contacts, desk, files, learning, questions

urlpatterns = [
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/<slug:number>/", bulletins.bulletin, name="bulletin"),
    path("learn/", learning.learn, name="learn"),
    path("learn/<slug:topic>/", learning.session, name="learning_session"),
    path("learn/<slug:topic>/done/", learning.done, name="learning_done"),
    path("questions/", questions.questions, name="questions"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("handbook/files/<slug:public_id>/", files.file, name="shelf_file"),
    path("shelf/", desk.shelf, name="shelf"),
    path("shelf/new/", desk.begin, name="shelf_new"),
    path("shelf/contacts/<slug:plan>/<slug:contact>/", contacts.check, name="shelf_contact"),
    path("shelf/<slug:public_id>/", desk.piece, name="shelf_piece"),
    path("shelf/<slug:public_id>/change/", desk.change, name="shelf_change"),
    path("shelf/<slug:public_id>/files/", files.files, name="shelf_files"),
    path("shelf/<slug:public_id>/files/<slug:file>/out/", files.out, name="shelf_file_out"),
    path("shelf/<slug:public_id>/step/", desk.step, name="shelf_step"),
]
