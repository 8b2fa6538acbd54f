"""Named choices of reception: what is seen on the car, asked about it, agreed and handed over."""

from db.choice import Choice


class BodyType(Choice):
    """Which outline a car has."""

    SALOON = "saloon", "Saloon", "gray", "directions_car"
    SUV = "suv", "SUV", "gray", "directions_car"
    VAN = "van", "Van", "gray", "airport_shuttle"
    PICKUP = "pickup", "Pick-up", "gray", "local_shipping"


class WarningLight(Choice):
    """A lamp of the dashboard that stays on."""

    ENGINE = "engine", "Engine", "orange", "engine"
    OIL = "oil", "Oil pressure", "red", "oil_barrel"
    COOLANT = "coolant", "Coolant temperature", "red", "device_thermostat"
    BATTERY = "battery", "Battery", "red", "battery_alert"
    BRAKES = "brakes", "Brakes", "red", "error"
    ABS = "abs", "ABS", "orange", "do_not_disturb_on"
    AIRBAG = "airbag", "Airbag", "red", "airline_seat_recline_normal"
    TYRES = "tyres", "Tyre pressure", "orange", "tire_repair"
    STABILITY = "stability", "Stability control", "orange", "swap_calls"
    STEERING = "steering", "Steering", "red", "search_hands_free"
    HIGH_VOLTAGE = "high_voltage", "High voltage", "red", "electric_car"
    SERVICE = "service", "Service due", "orange", "build"


class Valuable(Choice):
    """What people leave in a car."""

    PHONE = "phone", "Phone or tablet", "gray", "smartphone"
    COMPUTER = "computer", "Computer", "gray", "laptop"
    CASH = "cash", "Cash or cards", "gray", "payments"
    DOCUMENTS = "documents", "Documents", "gray", "description"
    KEYS = "keys", "Other keys", "gray", "key"
    GLASSES = "glasses", "Glasses", "gray", "eyeglasses"
    CAMERA = "camera", "Dash camera", "gray", "videocam"
    CHILD_SEAT = "child_seat", "Child seat", "gray", "child_care"
    LUGGAGE = "luggage", "Luggage", "gray", "luggage"


class Equipment(Choice):
    """What belongs to the car and must leave with it."""

    SPARE_WHEEL = "spare_wheel", "Spare wheel", "gray", "tire_repair"
    TOOLS = "tools", "Jack and tools", "gray", "handyman"
    TRIANGLE = "triangle", "Warning triangle", "gray", "warning"
    VEST = "vest", "Safety vest", "gray", "checkroom"
    FIRST_AID = "first_aid", "First-aid kit", "gray", "medical_services"
    EXTINGUISHER = "extinguisher", "Fire extinguisher", "gray", "fire_extinguisher"
    CABLE = "cable", "Charging cable", "gray", "ev_station"
    MATS = "mats", "Floor mats", "gray", "grid_view"


class Condition(Choice):
    """How a place in the car was found."""

    CLEAN = "clean", "In order", "green", "check"
    WORN = "worn", "Dirty or worn", "orange", "cleaning_services"
    DAMAGED = "damaged", "Damaged", "red", "broken_image"


class TemplateKind(Choice):
    """What a checklist is for."""

    HEALTH = "health", "Vehicle health check", "gray", "health_and_safety"
    SELF = "self", "Self-check", "gray", "task_alt"
    TEAM = "team", "Team-leader check", "gray", "fact_check"
    FINAL = "final", "Final inspection", "gray", "verified"


class Grade(Choice):
    """What the health check says of one point."""

    GOOD = "good", "Good", "green", "check"
    SOON = "soon", "Soon", "orange", "schedule"
    NOW = "now", "Now", "red", "priority_high"


class HealthGroup(Choice):
    """Where on the car the points of a health check are looked at together."""

    OUTSIDE = "outside", "Lights and glass", "gray", "lightbulb"
    TYRES = "tyres", "Tyres", "gray", "tire_repair"
    BRAKES = "brakes", "Brakes", "gray", "album"
    ENGINE = "engine", "Under the bonnet", "gray", "opacity"
    UNDERSIDE = "underside", "Underside", "gray", "vertical_align_bottom"
    OTHER = "other", "Other", "gray", "more_horiz"


class Measure(Choice):
    """What is measured at a point, and its unit."""

    NONE = "none", "Nothing measured"
    TREAD = "tread", "Tread depth, mm"
    PRESSURE = "pressure", "Pressure, bar"
    THICKNESS = "thickness", "Thickness, mm"
    VOLTS = "volts", "Volts"
    PERCENT = "percent", "Per cent"
    CELSIUS = "celsius", "Degrees Celsius"


class Cover(Choice):
    """Whether the warranty pays for a job."""

    INSIDE = "inside", "Inside warranty", "green", "verified_user"
    OUTSIDE = "outside", "Outside warranty", "gray", "shield"
    UNDECIDED = "undecided", "Warranty undecided", "orange", "help"


class Stay(Choice):
    """Where the customer goes while the car is here."""

    LOUNGE = "lounge", "Waits in the lounge", "blue", "chair"
    WALKS = "walks", "Walks", "gray", "directions_walk"
    PICKED_UP = "picked_up", "Is picked up", "gray", "hail"
    TRANSIT = "transit", "Bus or train", "gray", "directions_bus"
    TAXI = "taxi", "Taxi", "gray", "local_taxi"
    DRIVEN = "driven", "We drive them", "blue", "airport_shuttle"
    COURTESY_CAR = "courtesy_car", "Courtesy car", "blue", "car_rental"


class HandedPaper(Choice):
    """A paper that comes with the car."""

    LICENCE = "licence", "Vehicle licence", "gray", "badge"
    SERVICE_BOOK = "service_book", "Service book", "gray", "menu_book"
    WARRANTY_BOOK = "warranty_book", "Warranty book", "gray", "verified_user"
    WHEEL_KEY = "wheel_key", "Wheel lock key", "gray", "vpn_key"
    SPARE_KEY = "spare_key", "Spare key", "gray", "key"


class OrderTaskKind(Choice):
    """What somebody else has to do or to say before a car goes on."""

    DIAGNOSE = "diagnose", "Look at the car together", "blue", "troubleshoot"
    WARRANTY = "warranty", "Decide about warranty", "orange", "verified_user"
    QUESTION = "question", "Answer the workshop", "orange", "contact_support"
    DELAY = "delay", "Tell the customer a new time", "red", "more_time"
    EXTRA = "extra", "Ask the customer about extra work", "orange", "phone_in_talk"
    REPLAN = "replan", "Replan this car", "red", "bolt"
    DIFFERENCE = "difference", "Differs from the check-in sheet", "orange", "difference"


class PartGrade(Choice):
    """Where a part comes from."""

    ORIGINAL = "original", "Original", "blue", "verified"
    BRAND = "brand", "Brand", "gray", "sell"
    USED = "used", "Used", "gray", "recycling"


class ClaimPaper(Choice):
    """A paper an insurer asks for."""

    NOTICE = "notice", "Claim form"
    POLICY = "policy", "Policy"
    REPORT = "report", "Accident report"
    DRIVER = "driver", "Driving licence"
    LICENCE = "licence", "Vehicle licence"
    IDENTITY = "identity", "Identity card"
    PHOTOS = "photos", "Photos of the damage"
    ASSESSMENT = "assessment", "Loss assessment"
    ACCOUNT = "account", "Bank account"


class ClaimParty(Choice):
    """Who has to agree to the loss assessment."""

    CUSTOMER = "customer", "Customer", "gray", "person"
    INSURER = "insurer", "Insurer", "gray", "shield"
    GARAGE = "garage", "Garage", "gray", "garage"
