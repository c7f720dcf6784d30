"""Invented people with names of eight origins: forenames and surnames are common ones, drawn apart."""

# ruff: noqa: E501 -- names are lists of words

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


@dataclass(frozen=True, slots=True)
class Names:
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    forename: str
    middle: str
    surname: str
    title: str
    female: bool
    origin: str
    born: date


def _names(men: str, women: str, surnames: str) -> Names:
    return Names(tuple(men.split()), tuple(women.split()), tuple(name.replace("_", " ") for name in surnames.split()))


NAMES: dict[str, Names] = {
    "english": _names(
        "Alan Barry Colin Derek Edward Frank Geoffrey Harry Ian Jack Keith Leonard Martin Neil Oliver Peter Raymond Stanley"
        " Toby Victor Wayne Alfie Callum Dominic Gary Trevor",
        "Alice Beryl Carol Doreen Edith Florence Grace Hazel Ivy Janet Kelly Lorraine Maureen Natalie Olive Pauline Rita"
        " Sheila Tracey Vera Wendy Gemma Amber Poppy Chloe Gillian",
        "Ashworth Barlow Blackburn Bottomley Carter Clegg Cooper Crabtree Dawson Eastwood Entwistle Fairhurst Field"
        " Garside Goodall Green Hardcastle Haywood Hill Hobson Illingworth Jessop Kershaw Lister Mallinson Marsh May"
        " Newsome Oldroyd Parkin Pickles Price-Holroyd Ramsden Sharples Shaw Sykes Thackray Tordoff Underwood Varley"
        " Walker Wood Woodhead Young Barraclough Banks",
    ),
    "south_asian": _names(
        "Aamir Amit Arjun Bilal Deepak Farhan Gurpreet Harjit Imran Jagdeep Kamran Manoj Mohammed Naveed Rajesh Ravi Sanjay"
        " Shahid Sukhdev Tariq Usman Vikram Zubair Ranjit",
        "Aisha Amrit Anjali Bhavna Deepika Farzana Gurinder Harpreet Jaswinder Kavita Lakshmi Meena Nasreen Parveen"
        " Priyanka Rubina Sangeeta Shabana Sunita Tahira Uzma Yasmin Zainab Nazia",
        "Ahmed Akhtar Ali Bains Begum Bhatti Chaudhry Chauhan Choudhury Dhaliwal Dhillon Gill Grewal Gupta Hussain Iqbal"
        " Islam Iyer Jain Joshi Kaur Khan Khatun Kumar Mahmood Malik Mehta Miah Mistry Nair Pandya Patel Qureshi Rahman"
        " Rana Rao Sandhu Shah Sharma Sidhu Singh Subramaniam Uddin Verma",
    ),
    "polish": _names(
        "Adam Andrzej Bartosz Dariusz Dawid Grzegorz Jacek Jakub Jan Jarosław Kamil Krzysztof Łukasz Maciej Marcin Marek"
        " Mateusz Michał Paweł Piotr Przemysław Rafał Sławomir Tomasz Wojciech Zbigniew",
        "Agata Agnieszka Aleksandra Anna Barbara Beata Bożena Danuta Dorota Ewa Grażyna Halina Iwona Joanna Justyna"
        " Katarzyna Krystyna Magdalena Małgorzata Monika Natalia Renata Sylwia Urszula Wioletta Zofia",
        "Adamczyk Bąk Baran Borkowski Czarnecki Dąbrowski Dudek Duda Gajewski Głowacki Górski Grabowski Jabłoński Jankowski"
        " Jaworski Kaczmarek Kamiński Kołodziej Kowalczyk Kozłowski Krawczyk Król Kubiak Kwiatkowski Lewandowski Maciejewski"
        " Majewski Malinowski Mazur Michalak Nowak Nowicki Olszewski Ostrowski Pawlak Pietrzak Rutkowski Sikora Sobczak"
        " Szymański Walczak Wieczorek Wiśniewski Wójcik Wróbel Zając Zawadzki Zieliński",
    ),
    "arabic": _names(
        "Abdullah Adel Ahmad Amr Bashar Fadi Faisal Hamza Hassan Hisham Ibrahim Jamal Karim Khalid Mahmoud Marwan Mustafa"
        " Nabil Omar Osama Rami Samir Tarek Yusuf Ziad Walid",
        "Abeer Amal Amina Asma Dalia Dina Fatima Ghada Hala Hanan Huda Iman Khadija Lamia Layla Maha Manal Mariam Nadia"
        " Nour Rania Reem Salma Samira Suad Zahra",
        "Abboud Abdelrahman Abu-Bakr Al-Amin Al-Bayati Al-Hashimi Al-Jabouri Al-Masri Al-Najjar Al-Rashid Aziz Badawi"
        " Bakri Barakat Darwish Dawood El-Sayed El_Khoury Fakhoury Farah Ghanem Habib Haddad Hakim Halabi Hamdan Hamid Hariri"
        " Hijazi Issa Jaber Kassab Khalil Khoury Mansour Mourad Nasser Nazari Osman Qasim Rahal Saad Said Saleh Salman"
        " Shaheen Sharif Sulaiman Taha Yassin Zidan",
    ),
    "chinese": _names(
        "Chi-Wai Chun Guang Haoran Hok-Man Jian Jun Ka-Ming Kin-Fai Kwok-Wing Lei Ming Qiang Sheng Siu-Lun Tao Tsz-Hin Wai Wei"
        " Wing-Kit Xiaoming Yat-Sing Yifan Yong Zhiyuan Hao",
        "Ching-Yee Fang Fei Hui Jia Jing Ka-Yan Lan Lai-Wah Li Lin Mei Mei-Ling Min Na Ning Pui-Shan Qing Sau-Ying Suk-Yin"
        " Wai-Man Xia Xiaoli Xue Yan Yuet Zhen",
        "Chan Chang Chen Cheng Cheung Chiu Choi Chow Chu Chung Deng Fong Fung Gao Guo He Ho Hu Huang Hui Kong Kwok Lam Lau Law"
        " Lee Leung Li Liang Lin Liu Lo Lui Luo Ma Mak Ng Pang Poon Shen Siu Song Sun Tam Tang Tsang Tse Wang Wong Wu Xie Xu"
        " Yang Yeung Yip Yu Zhang Zhao Zheng Zhou Zhu",
    ),
    "west_african": _names(
        "Abdoulaye Adebayo Ayodele Babajide Chidi Chinedu Chukwuemeka Ekow Emeka Femi Ifeanyi Kofi Kojo Kwabena Kwame"
        " Lamin Mamadou Nnamdi Obinna Olumide Oluwaseun Segun Tunde Uche Yaw Yaya",
        "Abena Adaeze Adwoa Afua Akosua Ama Amaka Aminata Binta Bukola Chiamaka Chioma Efua Fatoumata Folake Funmilayo Ifeoma"
        " Isatou Kehinde Ngozi Nkechi Oluchi Titilayo Yaa Yetunde Zeinabou",
        "Acheampong Adebayo Adeleke Adeyemi Adjei Afolabi Agyeman Akinola Akintola Amoah Ansah Appiah Asante Bah Balogun Bangura"
        " Boateng Camara Ceesay Conteh Danso Darko Diallo Eze Fofana Gyasi Ibekwe Igwe Jallow Kamara Keita Koroma Kouyate Kuffour"
        " Mensah Nwachukwu Nwosu Obi Odunsi Ofori Ogunleye Okafor Okeke Okonkwo Olawale Onyekachi Opoku Osei Owusu Quaye Sarpong"
        " Sesay Sowah Touray Traore",
    ),
    "irish": _names(
        "Aidan Brendan Cathal Ciarán Colm Conor Cormac Declan Diarmuid Donal Eamonn Eoin Fergal Fionn Kevin Liam Lorcan Niall"
        " Oisín Pádraig Patrick Ronan Ruairí Seamus Seán Tadhg",
        "Aisling Aoife Bernadette Breda Bríd Bronagh Caoimhe Ciara Clodagh Deirdre Dervla Eileen Eimear Fionnuala Gráinne Maeve"
        " Máire Niamh Noreen Nuala Orla Róisín Saoirse Sinéad Siobhán Una",
        "Brennan Burke Byrne Cahill Callaghan Clancy Connolly Cullen Curran Daly Doherty Dolan Donnelly Doyle Duffy Fallon"
        " Farrelly Fitzgerald Flanagan Gallagher Geraghty Hanrahan Healy Kavanagh Keane Kelleher Kiely Lynch Mac_Giolla McAleese"
        " McCarthy McDermott McGrath McLoughlin Mulcahy Murphy Nolan O'Brien O'Connell O'Donovan O'Flaherty O'Hara O'Leary"
        " O'Neill O'Rourke O'Shea O'Sullivan Quigley Rafferty Redmond Scanlon Tierney Whelan",
    ),
    "welsh": _names(
        "Aled Alun Arwel Bryn Cai Carwyn Dafydd Deiniol Dewi Dylan Elfed Emrys Emyr Eurig Gareth Geraint Gethin Glyn Gruffydd Gwilym Huw"
        " Hywel Idris Ieuan Ifan Illtyd Iolo Iwan Llew Meirion Owain Rhodri Rhys Siôn",
        "Angharad Anwen Bethan Branwen Bronwen Carys Catrin Ceri Delyth Eirlys Eleri Elin Ffion Gwen Gwenllian Heledd Llinos"
        " Lowri Mair Mali Megan Menna Nerys Nest Nia Non Olwen Rhiannon Rhian Sioned Siân Tegwen",
        "ab_Owain ap_Gwilym Beynon Bevan Bowen Charles Davies Edwards Ellis Evans Griffiths Gwynne Harries Hopkin Howells Hughes Humphreys"
        " James Jenkins Jones Lewis Llewellyn Lloyd Maddocks Meredith Morgan Morris Mostyn Myrddin Nicholas Owen Parry Penry"
        " Phillips Powell Price Pritchard Probert Prosser Prydderch Pugh Rees Richards Roberts Rowlands Thomas Treharne Tudor"
        " Vaughan Walters Watkins Williams Wynne-Jones",
    ),
}

NICKNAMES = {
    "Alan": "Al", "Barry": "Baz", "Derek": "Del", "Edward": "Ted", "Geoffrey": "Geoff", "Leonard": "Len", "Raymond": "Ray",
    "Stanley": "Stan", "Victor": "Vic", "Dominic": "Dom", "Gary": "Gaz", "Trevor": "Trev", "Doreen": "Dor", "Florence": "Flo",
    "Maureen": "Mo", "Natalie": "Nat", "Gillian": "Gill", "Tracey": "Trace", "Patrick": "Paddy", "Bernadette": "Bernie",
    "Mohammed": "Mo", "Harpreet": "Harps", "Gurpreet": "Gurps", "Aleksandra": "Ola", "Małgorzata": "Gosia", "Katarzyna": "Kasia",
    "Krzysztof": "Krzys", "Agnieszka": "Aga", "Magdalena": "Magda", "Oluwaseun": "Seun", "Chukwuemeka": "Emeka", "Gwenllian": "Llio",
    "Angharad": "Haz", "Dafydd": "Dai", "Gareth": "Gaz", "Mustafa": "Musti", "Ibrahim": "Ibs", "Funmilayo": "Funmi", "Titilayo": "Titi",
}  # fmt: skip
ORIGINS = tuple(NAMES)
WEIGHTS = (6, 3, 2, 2, 2, 2, 2, 2)


def draw_person(rng: Random, role: str, kin: Person | None = None) -> Person:
    """Somebody new: a child, an officer or an adult; kin share an origin and mostly a surname."""
    origin = kin.origin if kin else rng.choices(ORIGINS, WEIGHTS)[0]
    names = NAMES[origin]
    female = rng.random() < 0.52
    given = names.women if female else names.men
    forename, middle = rng.sample(given, 2)
    surname = kin.surname if kin and rng.random() < 0.8 else rng.choice(names.surnames)
    if origin == "polish":
        surname = _inflected(surname, female)
    return Person(forename, middle, surname, _title(rng, female, role), female, origin, _born(rng, role))


def _inflected(surname: str, female: bool) -> str:
    """A Polish surname in -ski or -cki ends in -a when a woman bears it."""
    if surname.endswith(("ski", "cki", "ska", "cka")):
        return surname[:-1] + ("a" if female else "i")
    return surname


def _title(rng: Random, female: bool, role: str) -> str:
    if role == "child":
        return "Miss" if female else "Master"
    if rng.random() < 0.05:
        return rng.choice(("Dr", "Rev", "Prof."))
    return rng.choice(("Mrs", "Ms", "Miss", "Mrs", "Mrs.", "Ms.")) if female else rng.choice(("Mr", "Mr", "Mr", "Mr."))


def _born(rng: Random, role: str) -> date:
    first, last = {"child": (2007, 2020), "officer": (1958, 1998), "elder": (1928, 1950)}.get(role, (1938, 2001))
    return date(first, 1, 1) + timedelta(days=rng.randrange((last - first + 1) * 365))
