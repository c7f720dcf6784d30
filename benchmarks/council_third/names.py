"""Invented people's names by origin; not a few are also words, months, trades or places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """Forenames by sex, and surnames."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]


def _names(men: str, women: str, surnames: str) -> Names:
    return Names(*(tuple(name.replace("_", " ") for name in part.split(" ")) for part in (men, women, surnames)))


def _several(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


NAMES: dict[str, Names] = {
    "english": _names(
        "Mark Will Frank Art Guy Miles Rich Grant Dean Barry Keith Nigel Trevor Gareth Colin Stuart Ian Roger Clive"
        " Derek Oliver Jack Harry Noah Callum Bradley Kyle Jordan Lewis Toby Neil Ray Pat Terence Leonard",
        "Grace Hope Faith Joy Dawn May June April Rose Olive Ivy Daisy Summer Constance Prudence Sheila Maureen Beryl"
        " Janet Gillian Tracey Kerry Kirsty Amber Jade Chloe Ellie Megan Lauren Hayley Wendy Pauline Hilary Jean",
        "Young King Church Bishop Street Park Field Wood Banks Day Price Best Long Small Case Bond Cook Rice Marsh"
        " Bell Winter Frost Green Sharp Swift Lamb Fox Drake Cooper Whittle Ollerenshaw Thistlethwaite Pratt Hargreaves"
        " Sidebottom Entwistle Tubb Gosling Catchpole Stainton Fairweather Peel Chalk Moody Nutter Law Major",
    ),
    "south_asian": _names(
        "Imran Rajesh Harpreet Sanjay Bilal Amit Vikram Naveed Farooq Dev Gurdeep Manoj Rahul Tariq Zeeshan Prakash"
        " Kiran Sunil Arjun Shahid Jaspal Nikhil",
        "Priya Harjit Nasreen Sunita Anjali Fatema Rukhsana Meera Lakshmi Parveen Simran Deepa Shabnam Kavita Bhavna"
        " Zainab Pooja Asha Jyoti Ruksana Noor Sharmila",
        "Nair Sandhu Chaudhry Begum Mistry Rahman Gill Bhatt Iqbal Shah Kaur Desai Qureshi Ganguly Bains Akhtar Miah"
        " Pillai Dhaliwal Solanki Thakrar Uddin Vyas Perera Malhotra Rana Joshi Lal Bose Hussain",
    ),
    "polish": _names(
        "Tomasz Krzysztof Piotr Marek Wojciech Zbigniew Dariusz Bartosz Grzegorz Kamil Łukasz Rafał Sławomir Mirosław"
        " Jacek Patryk Damian Leszek Jerzy Kacper",
        "Agnieszka Katarzyna Małgorzata Beata Ewa Danuta Halina Jolanta Zofia Iwona Kinga Aleksandra Bożena Renata"
        " Wioletta Karolina Justyna Urszula Dorota Lidia",
        "Kowalczyk Wiśniewski Zieliński Szymańska Dąbrowski Woźniak Mazur Krawczyk Jabłoński Pawlak Gajda Wróbel"
        " Sikora Baran Duda Szewczyk Malinowska Górski Kubiak Czarnecki Sobczak Głowacka Pietrzak Zając Król Bąk",
    ),
    "arabic": _names(
        "Omar Khalid Yusuf Hassan Tarek Mustafa Bashir Nabil Faisal Jamal Samir Ziad Anwar Rashid Karim Walid Idris"
        " Munir Adel Saif",
        "Layla Samira Huda Rania Amal Dina Hanan Nadia Salma Yasmin Fatima Mona Iman Lubna Ghada Farah Wafa Noura Rima"
        " Sahar",
        "Al-Hashimi Haddad Mansour El-Sayed Khoury Nasser Aziz Saleh Darwish Al-Amin Hamdan Barakat Kassab Othman Zaki"
        " Suleiman Ben_Ali Farouk Sharif Al-Rubaie Jaber Shaheen Younis Tahir Salem Habib",
    ),
    "chinese": Names(
        _several(
            "Wei, Ming, Jun, Chi Keung, Kwok Wai, Hao, Lei, Xiaoming, Tao, Yifan, Zhen, Kin Man, Bo, Peng, Siu Lun"
        ),
        _several(
            "Mei Ling, Xiu Ying, Yan, Hui, Wai Yee, Jia, Lan, Xiaoyan, Suk Han, Ting, Qing, Yuet Ngor, Min, Na, Li"
        ),
        _several(
            "Chen, Wong, Zhang, Long, Man, Sun, Young, Ho, Lam, Cheung, Liu, Xu, Ng, Fong, Tang, Kwan, Yip, Zhou, Ma,"
            " Song, Lau, Tse, Huang, Mok, Pang, Leung"
        ),
    ),
    "west_african": _names(
        "Emeka Kwame Sunday Goodluck Babatunde Chidi Kofi Femi Yaw Olumide Ibrahima Godwin Prince Segun Kwabena Obinna"
        " Innocent Monday Tunde Nnamdi",
        "Blessing Precious Gift Ngozi Abena Folasade Patience Comfort Chiamaka Efua Yetunde Mercy Adaeze Akosua Bukola"
        " Ifeoma Charity Fatoumata Temitope Peace",
        "Okonkwo Mensah Adeyemi Boateng Okafor Balogun Asante Eze Owusu Diallo Bangura Nwosu Oyelaran Ansah Jallow"
        " Ogunleye Obi Darko Kamara Appiah Conteh Onyango-Ade Bassey Achebe Quaye Danjuma",
    ),
    "irish": _names(
        "Declan Padraig Eoin Cormac Fergal Seamus Liam Brendan Donal Niall Oisín Ciarán Kieran Rory Dermot Conor"
        " Finbarr Eamonn Colm Tadhg",
        "Siobhan Aoife Niamh Bridget Maeve Sinéad Orla Roisin Gráinne Deirdre Nuala Bernadette Ciara Fionnuala Oonagh"
        " Assumpta Caoimhe Dympna Mairead Noreen",
        "O'Rourke Gallagher Doherty McGrath Brennan Keane Quigley Ó_Briain Mulvaney Hennessy Tierney McLoughlin Joyce"
        " Moran O'Dowd Kinsella Devlin Coyle Scully Rafferty Geraghty Lynch Power Fay Breen Toner",
    ),
    "welsh": _names(
        "Rhodri Gethin Emyr Iwan Dafydd Aled Hywel Geraint Ieuan Llŷr Gwilym Rhys Huw Meirion Owain Elfed Tudur Ifor"
        " Bryn Osian",
        "Angharad Eleri Nerys Siân Bethan Lowri Myfanwy Gwen Carys Mair Rhiannon Eirlys Heledd Menna Ffion Olwen Haf"
        " Non Mari Enfys",
        "Pritchard Llewelyn Bevan Probert Gruffydd Parry Prosser Vaughan Eynon Bowen Pugh ap_Dafydd Penry Gwynne Mostyn"
        " Rees Tudor Hopkin Beynon Wynne Cadwaladr Glyn Madoc Treharne Roderick Lloyd",
    ),
}
"""Every origin, as the other draws name them."""
