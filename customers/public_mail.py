"""Mail domains that everybody can have: whoever shares one shares nothing else. Kept by hand; the list need not be complete,
since the owner names the domains of an organisation one by one."""

PUBLIC = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.fr outlook.de hotmail.com hotmail.co.uk hotmail.fr hotmail.de live.com msn.com
    yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.pl ymail.com rocketmail.com icloud.com me.com mac.com aol.com aim.com
    proton.me protonmail.com pm.me tutanota.com tuta.io tutamail.com fastmail.com hey.com zoho.com zohomail.com gmx.com gmx.net gmx.de gmx.at
    web.de t-online.de freenet.de mail.com email.com inbox.com hushmail.com runbox.com posteo.de mailbox.org disroot.org riseup.net
    wp.pl o2.pl tlen.pl onet.pl onet.eu op.pl poczta.onet.pl vp.pl interia.pl interia.eu poczta.fm gazeta.pl go2.pl buziaczek.pl
    autograf.pl spoko.pl amorki.pl poczta.onet.eu prokonto.pl int.pl
    mail.ru inbox.ru list.ru bk.ru internet.ru yandex.ru yandex.com ya.ru yandex.by yandex.kz yandex.ua rambler.ru lenta.ru autorambler.ru
    myrambler.ru ro.ru ukr.net i.ua meta.ua bigmir.net tut.by mail.kz
    chmail.ir mailfa.com mail.ir iran.ir parsmail.com yahoo.ir
    qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net seznam.cz email.cz centrum.cz azet.sk libero.it virgilio.it orange.fr
    free.fr laposte.net sfr.fr wanadoo.fr abv.bg mail.bg telenet.be skynet.be ziggo.nl kpnmail.nl bluewin.ch btinternet.com sky.com
    comcast.net verizon.net att.net sbcglobal.net cox.net charter.net rediffmail.com terra.com.br uol.com.br bol.com.br
    mailinator.com guerrillamail.com 10minutemail.com yopmail.com temp-mail.org trashmail.com sharklasers.com
    """.split()
)


def is_public(domain):
    """Whether everybody can have an address there, or at a part of it."""
    labels = domain.lower().split(".")
    return any(".".join(labels[start:]) in PUBLIC for start in range(len(labels)))
