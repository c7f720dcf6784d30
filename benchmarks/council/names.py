"""Forenames and surnames of eight origins, as they are met in Britain. An underscore stands for a space."""

# ruff: noqa: E501  lists of words

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


def _listed(women: str, men: str, surnames: str) -> Names:
    return Names(_split(women), _split(men), _split(surnames))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in names.split())


NAMES: dict[str, Names] = {
    "english": _listed(
        "Margaret Susan Janet Ivy Joan Beryl Hilary Gillian Wendy Tracey Sharon Kelly Gemma Lucy Charlotte Emily Poppy "
        "Daisy May Grace Hope Rose Holly Amber Ruby Dawn Eve Penny Jean Marjorie Doreen Lorraine Stacey Jade Chantelle",
        "Peter Alan Brian Keith Roger Trevor Nigel Clive Barry Terry Dean Lee Scott Wayne Jack Harry Oliver Archie "
        "Mark Will Grant Rob Frank Bill Miles Guy Norman Cyril Reginald Stanley Derek Graham Tyler Kyle Bradley Jordan",
        "Smith Taylor Brown Wilson Thorpe Walker Wright Hall Green Baker Turner Parker Cook Bell Marsh Pike Fox Cross "
        "Church Wood Hill Banks Rivers Field Lane Marshall Barker Chapman Fletcher Mason Cooper Carter Sawyer Potter "
        "Bright Sharp Short Long Young Strong Goodwin Hardcastle Featherstone Ramsbottom Cholmondeley Winterbourne "
        "Tattersall Higginbotham Sidebottom Culpepper Pettigrew Applegarth Bickerstaffe Wigglesworth D'Arcy St_John",
    ),
    "south_asian": _listed(
        "Priya Anjali Sunita Meera Kavita Deepa Lakshmi Nisha Pooja Rekha Shabana Nasreen Rukhsana Farzana Tahira "
        "Shazia Parveen Gurpreet Harjit Manjit Simran Jaspreet Nusrat Ayesha Zainab Sadia Hema Indira Radhika Tanvi "
        "Shanti Usha Vandana Amrita Kiran Taslima Sultana Rehana Mumtaz Bhavna",
        "Rajesh Sanjay Vikram Anil Suresh Ramesh Arjun Rohan Dinesh Mahesh Imran Asif Tariq Shahid Naveed Kamran Zahid "
        "Gurdeep Balvinder Sukhdev Jaswinder Parminder Harpreet Mohan Kumar Ashok Prakash Ravi Nikhil Siddharth Faisal "
        "Shafiq Abdul Rafiq Aftab Javed Waqas Bilal Devinder Hitesh",
        "Patel Singh Kaur Sharma Gupta Mehta Shah Desai Joshi Chowdhury Begum Hussain Ahmed Akhtar Bibi Iqbal Mahmood "
        "Mirza Qureshi Siddiqui Rehman Ali Miah Uddin Islam Das Roy Banerjee Mukherjee Chatterjee Iyer Nair Menon Reddy "
        "Rao Krishnan Subramaniam Ramachandran Gill Dhillon Sandhu Bains Grewal Sidhu Bhatt Trivedi Thakur Verma Kapoor "
        "Malhotra Perera Fernando Wickramasinghe",
    ),
    "polish": _listed(
        "Agnieszka Katarzyna Małgorzata Anna Barbara Ewa Krystyna Elżbieta Magdalena Joanna Monika Beata Dorota Renata "
        "Iwona Jolanta Halina Zofia Aleksandra Justyna Karolina Paulina Natalia Weronika Marta Sylwia Edyta Aneta "
        "Izabela Grażyna Bożena Urszula Wiesława Danuta Alicja Kinga Dominika Patrycja Oliwia Zuzanna",
        "Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Łukasz Grzegorz Wojciech Mariusz Dariusz Zbigniew "
        "Jerzy Tadeusz Rafał Robert Kamil Mateusz Bartosz Sławomir Jarosław Maciej Artur Dawid Szymon Filip Wiktor "
        "Stanisław Kazimierz Henryk Ryszard Zdzisław Mieczysław Adrian Radosław Sebastian Hubert",
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski "
        "Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski "
        "Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek "
        "Nowicki Pawlak Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak "
        "Zalewski Wróblewski",
    ),
    "arabic": _listed(
        "Fatima Aisha Maryam Khadija Layla Noor Huda Amal Rania Salma Yasmin Zahra Samira Nadia Hanan Iman Dalia Ghada "
        "Lina Maha Mona Nawal Rasha Reem Sahar Sana Sawsan Shaima Suad Wafaa Widad Zainab Asma Bushra Dina Farida Hala "
        "Intisar Jamila Karima",
        "Mohammed Ahmad Omar Khalid Hassan Hussein Yusuf Ibrahim Mustafa Mahmoud Abdullah Abdulrahman Tarek Karim Samir "
        "Walid Ziad Faisal Hamza Bilal Osama Rashid Nabil Adel Ammar Anwar Basel Fadi Ghassan Haitham Hisham Jamal Kamal "
        "Marwan Munir Nasser Qasim Saad Salim Sami",
        "Al-Masri Haddad Khoury Al-Rashid Mansour Nasser Saleh Hamdan Aziz Al-Hassan Bakri Darwish El-Sayed Farouk Ghanem "
        "Habib Hijazi Jaber Kanaan Khalil Mahfouz Najjar Othman Qasem Rahal Sabbagh Shaheen Suleiman Tawfiq Zaki "
        "Al_Hashimi Abdi Yusuf Warsame Hersi Abu_Bakr Al-Tikriti Barakat Daoud Elmi Fares Hariri Ismail Jama Karam "
        "Mubarak Nouri Said Taha Zidan",
    ),
    "chinese": _listed(
        "Mei Li_Na Xiu_Ying Yan Fang Jing Xiaoling Hui Ying Lan Qing Yu_Ting Wen Xin Na Ling Ping Yun Zhen Shu_Fen "
        "Mei-Ling Hoi-Yan Ka-Yee Suk-Yin Wai-Ling Pui-Shan Siu-Fong Ching_Yee Jia Yi Lei Min Qian Rong Shan Ting Xia "
        "Xue Yue Zhi",
        "Wei Jun Jian Feng Lei Tao Ming Chao Gang Bo Hao Peng Bin Kai Cheng Dong Guo Hong Jie Kun Liang Long Qiang Rui "
        "Shan Sheng Tian Xiang Yong Zhi Ka-Ming Chi-Wai Wing-Kin Kwok-Wah Man-Kit Siu-Ming Tsz-Ho Yat_Sing Chun Hui",
        "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang "
        "Deng Han Feng Cao Peng Zeng Xiao Tian Dong Yuan Pan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Chan Wong Lau "
        "Cheung Leung Ng Kwok Tsang Yip Chow Ho Lam Fung Mak",
    ),
    "west_african": _listed(
        "Ngozi Chioma Adaeze Ifeoma Chiamaka Nkechi Amara Obioma Folake Yetunde Titilayo Bukola Funmilayo Abimbola Ayo "
        "Temitope Omolara Ronke Sade Tolulope Ama Abena Akua Adwoa Efua Esi Yaa Akosua Afia Mawusi Aminata Fatou Mariama "
        "Awa Ndeye Blessing Comfort Patience Mercy Peace",
        "Chukwuemeka Obinna Ikenna Emeka Chidi Nnamdi Uche Kelechi Ifeanyi Tochukwu Oluwaseun Babatunde Adebayo Femi "
        "Kayode Olumide Segun Tunde Wale Rotimi Kwame Kofi Kwabena Yaw Kojo Kwaku Kweku Nana Ekow Selorm Ousmane Mamadou "
        "Ibrahima Cheikh Lamin Godwin Sunday Emmanuel Innocent Prince",
        "Okafor Okonkwo Eze Nwosu Chukwu Obi Nwachukwu Onyekachi Adeyemi Adebayo Ogunleye Balogun Afolabi Akinola Oyelaran "
        "Bello Olawale Fashola Adekunle Ojo Lawal Bakare Mensah Owusu Asante Boateng Osei Appiah Addo Agyeman Ofori "
        "Amoah Ansah Darko Frimpong Gyasi Acheampong Quaye Tetteh Ankrah Diallo Jallow Ceesay Touray Conteh Kamara "
        "Sesay Bangura Koroma Diop Ndiaye Iwobi Uzoma",
    ),
    "irish": _listed(
        "Siobhán Aoife Niamh Caoimhe Sinéad Orla Gráinne Ciara Róisín Máire Bríd Deirdre Fionnuala Bernadette Assumpta "
        "Attracta Concepta Dympna Eimear Geraldine Imelda Maeve Noreen Nuala Oonagh Philomena Saoirse Sorcha Teresa "
        "Una Clodagh Aisling Blathnaid Breda Carmel Eilish Kathleen Mairead Nora Shauna",
        "Pádraig Seán Ciarán Declan Brendan Fergal Cormac Diarmuid Eoin Niall Oisín Conor Cathal Colm Donal Eamon Enda "
        "Finbarr Gearóid Kieran Lorcan Malachy Micheál Murtagh Patrick Phelim Ronan Ruairí Seamus Shay Tadhg Tiernan "
        "Fintan Kevin Liam Aidan Barry Dermot Emmet Garret",
        "O'Brien O'Connor Murphy Kelly O'Sullivan Walsh Byrne Ryan O'Neill O'Reilly Doyle McCarthy Gallagher Doherty "
        "Kennedy Lynch Murray Quinn Moore McLoughlin O'Carroll Connolly Daly O'Connell Wilson Dunne Brennan Burke "
        "Collins Campbell Clarke Johnston Hughes O'Farrell Fitzgerald Brown Martin Maguire Nolan Flynn Thompson "
        "O'Callaghan O'Donnell Duffy O'Mahony Boyle Healy O'Shea White Sweeney Hayes Kavanagh Power McGrath Moran",
    ),
    "welsh": _listed(
        "Bethan Siân Nerys Cerys Ffion Angharad Carys Eleri Gwen Gwenllian Heledd Lowri Mair Megan Menna Myfanwy Nia "
        "Olwen Rhiannon Rhian Catrin Delyth Dilys Eira Elin Eluned Enid Glenys Gwyneth Haf Iola Llinos Mali Manon Mared "
        "Morfydd Sioned Tegan Tegwen Winifred",
        "Gareth Rhys Huw Ieuan Gethin Dafydd Emyr Alun Aled Bryn Carwyn Dewi Dylan Eifion Elwyn Emlyn Geraint Glyn "
        "Gruffydd Gwilym Gwyn Hefin Hywel Idris Ifan Iolo Iorwerth Iwan Llewelyn Llŷr Macsen Meirion Osian Owain Prys "
        "Rhodri Sion Tomos Trefor Tudur",
        "Jones Davies Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen James Morris Rees Jenkins Price "
        "Lloyd Phillips Parry Richards Powell Watkins Bowen Pritchard Howells Rowlands Llewellyn Vaughan Pugh Bevan "
        "Probert Prosser Gwynne Cadwaladr Eynon Gethin Gough Harries Humphreys Jarman Meredith Mostyn Nicholas Penry "
        "Prothero Tudor Wynne Yorath Ap_Rhys Ap_Gwilym",
    ),
}
