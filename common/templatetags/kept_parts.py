"""Parts of a page that are the same for many readers, drawn once by each process. Loaded in every template.

{% kept "top" here user.is_staff %} … {% endkept %}

What stands inside may depend on the arguments, the reader's language, the address of the portal, the store, and what owners set
(common/kept.py). Nothing else: no name of a reader, no number, no word that was typed. A form may stand there; its token is put in
for each reader.
"""

import secrets

from django import template
from django.urls import get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.kept import kept_or_made

register = template.Library()

#: Stands for the token of a form while the part is kept. Nobody can write it into a text of theirs.
TOKEN = f"token{secrets.token_hex(16)}"


class KeptNode(template.Node):
    def __init__(self, arguments, nodelist):
        self.arguments, self.nodelist = arguments, nodelist

    def render(self, context):
        arguments = [argument.resolve(context) for argument in self.arguments]
        place = getattr(context.get("store"), "pk", None), get_urlconf(), get_language()
        drawn = kept_or_made(("part", self.origin.name, *map(str, arguments), *place), lambda: self._drawn(context))
        if TOKEN not in drawn:
            return drawn
        return SafeString(drawn.replace(TOKEN, str(context.get("csrf_token", "NOTPROVIDED"))))

    def _drawn(self, context):
        with context.push(csrf_token=TOKEN):
            return self.nodelist.render(context)


@register.tag("kept")
def do_kept(parser, token):
    _name, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError("{% kept %} needs a name, and everything that the part depends on.")
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode([parser.compile_filter(bit) for bit in bits], nodelist)
