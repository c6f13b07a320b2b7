"""What customers and staff of a shop write in English."""

GREETINGS = ["Hello.", "Hi there.", "Good morning.", "Dear team.", "Good afternoon.", "Hi."]
CLOSINGS = ["Best regards", "Many thanks", "Kind regards", "Thanks in advance", "Cheers", "All the best"]
STAFF_GREETINGS = ["Hello {name}.", "Good morning.", "Dear {name}.", "Hello."]
STAFF_CLOSINGS = ["Kind regards, the support desk", "Warm regards", "Have a good day.", "We are here to help."]

CUSTOMER = [
    "Please let me know as soon as you can.",
    "I have been waiting since yesterday and heard nothing yet.",
    "If you need anything else from me, just say so.",
    "I wrote about this once before without any luck.",
    "There is no hurry, I'd only like to know what comes next.",
    "I'm new to your shop and would be glad of some guidance.",
    "To be honest, I don't know what else to try.",
    "You can reach me at any time of the day.",
    "I did everything the way it was described.",
    "This is the second time that something like this happens.",
    "Could somebody please look into it?",
    "I've attached a picture so that you can see it better.",
    "I'm at home until the end of the week and can answer quickly.",
    "I hope this can be settled soon, because I really depend on it.",
]
STAFF = [
    "Thank you for writing to us.",
    "We have looked into it and can tell you what we found.",
    "You will hear from us again before the end of the day.",
    "We are sorry for the trouble.",
    "If there is anything else, please write to us here.",
    "A colleague of mine is working on it right now.",
    "To go on, we need your confirmation.",
    "This matters to us and we keep an eye on it.",
    "It has just been corrected; please have another look.",
    "This usually takes one or two days.",
    "A photo would help us, if you have one at hand.",
    "Thank you for your patience.",
    "We'll write as soon as our technician has answered.",
    "We're glad that it worked out.",
]
NOTES = [
    "Spoke on the telephone; the customer is waiting.",
    "I'll look at it again tomorrow morning.",
    "I think we should make an exception this time.",
    "It was exactly the same in the earlier case.",
    "Please talk to me before anyone answers.",
    "A loyal customer, so let's be extra kind.",
    "The shift lead has agreed.",
]
DETAILS = [
    "The number is {order}.",
    "It is about the {thing} that came last week.",
    "The label says {code}.",
    "I live in {city}.",
    "The model is {brand}, and the {thing} came with it.",
    "I called on {day} at about {hour} o'clock.",
    "The amount is {number} euros.",
    "I have the same question about the {thing} by {brand}.",
]
STAFF_DETAILS = [
    "We have found number {order}.",
    "We asked the warehouse about the {thing}.",
    "Your tracking code is {code}.",
    "Our branch in {city} will answer by {day}.",
    "The {brand} fits, and so does the {thing}.",
    "The final price is {number} euros.",
]
TOPICS = {
    "delivery": {
        "subjects": ["My order has not arrived", "Where is my order?", "Change the address of an order", "Parcel incomplete"],
        "customer": [
            "My order should have come on Monday and is still not here.",
            "The courier says the parcel was delivered, but nobody took it in.",
            "I'd like to change the address before the order leaves.",
            "The box was torn and one of the parts was missing.",
            "The courier neither rang nor left a card.",
            "The state of my order hasn't changed for three days.",
        ],
        "staff": [
            "Your order was handed to the carrier today.",
            "The new address is saved and the parcel goes there.",
            "We have asked the carrier to find the parcel.",
            "If the order is not there by tomorrow, we send another one.",
            "The missing part leaves in a parcel of its own.",
        ],
        "notes": ["The carrier lost the parcel, claim filed.", "Sent the order again from the northern warehouse."],
    },
    "payment": {
        "subjects": ["Charged twice", "Invoice for a company", "Payment without confirmation", "A question about my invoice"],
        "customer": [
            "The payment was taken twice from my card.",
            "I need an invoice for my company with the tax number.",
            "The bank showed an error, yet the money is gone.",
            "The voucher was refused at the payment step.",
            "The bank receipt is attached.",
        ],
        "staff": [
            "The second payment goes back to your card within three working days.",
            "The invoice is issued and waits in your account.",
            "Your bank returns a failed transaction by itself.",
            "We took the discount off the invoice by hand.",
        ],
        "notes": ["Accounting confirmed the transfer.", "The bank doesn't show the money yet."],
    },
    "repair": {
        "subjects": ["The machine makes a strange noise", "The machine does not start", "Warranty of my machine", "It leaks water"],
        "customer": [
            "The machine hasn't started since yesterday.",
            "There is a loud scraping noise while it runs.",
            "Water leaks from under the machine.",
            "The heater works but the steam pressure is too low.",
            "It is still under warranty and I'd like it repaired.",
            "I cleaned the burrs and it made no difference.",
        ],
        "staff": [
            "Please send the machine to our workshop; we pay the postage.",
            "The seal is worn and our workshop will replace it.",
            "The repair is covered by the warranty and free.",
            "Please send a short film with the noise of the motor.",
            "Please empty the tank and descale the circuit.",
        ],
        "notes": ["Burnt board, spare part is coming.", "The workshop says that the motor is fine."],
    },
    "returns": {
        "subjects": ["Sending goods back", "When is my refund due?", "You sent the wrong item", "Exchange for another colour"],
        "customer": [
            "I want to send the goods back because the size is wrong.",
            "The colour differs from the picture in your shop.",
            "When will I get my refund?",
            "The box is unopened and the tag is still on.",
        ],
        "staff": [
            "We have sent you a return label; any parcel point takes it.",
            "The refund follows once the goods are here.",
            "An exchange for another colour is possible and free.",
        ],
        "notes": ["The goods came back unharmed, refund it.", "The time is over, but let's accept the return."],
    },
    "advice": {
        "subjects": ["Which one suits me?", "Two models compared", "Advice before buying"],
        "customer": [
            "What do you recommend for a flat of two?",
            "How do these two models differ?",
            "Can it cope with hard water?",
            "I brew light roasts and want an even grind.",
        ],
        "staff": [
            "At home the smaller model is enough.",
            "The dearer model grinds more evenly and is quieter.",
            "We recommend a hand grinder with steel burrs.",
        ],
        "notes": ["Offer a special price for two."],
    },
    "account": {
        "subjects": ["I cannot sign in", "My phone number changed", "Delete my account"],
        "customer": [
            "I forgot my password and the mail with the link doesn't come.",
            "I have a new phone number and can't sign in.",
            "Please correct the mail address in my profile.",
        ],
        "staff": [
            "The link to set a new password is on its way.",
            "The phone number in your profile is changed.",
            "To be safe, we confirm your identity by telephone.",
        ],
        "notes": ["Identity confirmed."],
    },
    "stock": {
        "subjects": ["When is it available again?", "Looking for a spare part", "Stock of your branch"],
        "customer": [
            "When will this product be available again?",
            "I'm looking for a spare part that your site doesn't list.",
            "Do you also sell over the counter?",
        ],
        "staff": [
            "The next delivery reaches us in two weeks.",
            "The spare part is on the shelf and we can keep it for you.",
        ],
        "notes": ["The supplier named no date."],
    },
    "wholesale": {
        "subjects": ["Wholesale for a café", "A yearly service plan", "Trading with you"],
        "customer": [
            "I'd like wholesale prices for a café with forty seats.",
            "What are the terms of a yearly service plan?",
            "Do you give credit to resellers?",
        ],
        "staff": [
            "Our wholesale offer will be ready tomorrow.",
            "The service visit takes place every three months.",
        ],
        "notes": ["The head of sales approved the rebate."],
    },
}
THINGS = """
coffee maker|electric grinder|paper filter|gooseneck kettle|french press|digital scale|moka pot|milk pitcher|tamper|portafilter|basket|
silicone seal|water tank|steam wand|ceramic dripper|glass server|capsule|arabica blend|robusta blend|double-walled cup|travel mug|
spare burr|cleaning brush|descaler|thermometer|zip bag|siphon|travel press|cold brew bottle|wooden handle|metal stand|power cord|
control panel|pressure pump|check valve|steel filter|coaster|scoop|caramel syrup|vanilla syrup|cocoa tin|black tea|green tea|
herbal infusion|porcelain teapot|sugar bowl|serving tray|slipcover|glass straw|gift box
"""
CITIES = """
London|Manchester|Birmingham|Leeds|Glasgow|Liverpool|Bristol|Sheffield|Edinburgh|Leicester|Coventry|Cardiff|Belfast|Nottingham|Hull|
Newcastle|Stoke|Southampton|Derby|Portsmouth|Brighton|Plymouth|Norwich|Aberdeen|Dundee|Oxford|Cambridge|York|Exeter|Swansea|Dublin|
Cork|Galway|Bath|Ipswich|Preston|Luton|Reading|Gloucester|Worcester|Chester|Durham
"""
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FIRST_NAMES = """
Alice alice|Emma emma|Olivia olivia|Charlotte charlotte|Sophie sophie|Hannah hannah|Lucy lucy|Megan megan|Ellen ellen|Martha martha|
James james|Oliver oliver|Harry harry|George george|Thomas thomas|William william|Daniel daniel|Samuel samuel|Adam adam|Edward edward|
Peter peter|Simon simon|Patrick patrick|Duncan duncan
"""
LAST_NAMES = """
Smith smith|Jones jones|Taylor taylor|Brown brown|Williams williams|Wilson wilson|Johnson johnson|Davies davies|Robinson robinson|
Wright wright|Thompson thompson|Evans evans|Walker walker|Hughes hughes|Edwards edwards|Jackson jackson|Clarke clarke|Harrison harrison|
Warren warren|Morgan morgan|Lindgren lindgren|Fletcher fletcher|Osborne osborne|Whitaker whitaker|Ashworth ashworth|Pemberton pemberton|
Holloway holloway|Bradshaw bradshaw|Kingsley kingsley|Moreau moreau
"""
COMPANIES = ["Linden Coffee House", "Granite Hotel", "Meridian Studio", "Saffron Bistro", "Walnut Legal", "Northfield Bakery"]
SYLLABLES = "va ro ni tex lo mar du ki bra zo sel fen lu gri tor son pel dor zen cal nim mir bor quin".split()
