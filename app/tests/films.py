"""Films for the fake gateway, the best known first."""

FILMS = """
Shawshank Redemption, The|1994|Crime,Drama
Forrest Gump|1994|Comedy,Drama,Romance,War
Pulp Fiction|1994|Comedy,Crime,Drama,Thriller
Silence of the Lambs, The|1991|Crime,Horror,Thriller
Matrix, The|1999|Action,Sci-Fi,Thriller
Star Wars: Episode IV - A New Hope|1977|Action,Adventure,Sci-Fi
Jurassic Park|1993|Action,Adventure,Sci-Fi,Thriller
Schindler's List|1993|Drama,War
Toy Story|1995|Adventure,Animation,Children,Comedy,Fantasy
Fight Club|1999|Action,Crime,Drama,Thriller
Lord of the Rings: The Fellowship of the Ring, The|2001|Adventure,Fantasy
Godfather, The|1972|Crime,Drama
Seven (a.k.a. Se7en)|1995|Mystery,Thriller
Usual Suspects, The|1995|Crime,Mystery,Thriller
American Beauty|1999|Drama,Romance
Back to the Future|1985|Adventure,Comedy,Sci-Fi
Saving Private Ryan|1998|Action,Drama,War
Lion King, The|1994|Adventure,Animation,Children,Drama,Musical
Memento|2000|Mystery,Thriller
Alien|1979|Horror,Sci-Fi
Blade Runner|1982|Action,Sci-Fi,Thriller
Groundhog Day|1993|Comedy,Fantasy,Romance
Finding Nemo|2003|Adventure,Animation,Children,Comedy
Amelie (Fabuleux destin d'Amélie Poulain, Le)|2001|Comedy,Romance
Inception|2010|Action,Crime,Drama,Mystery,Sci-Fi
Casablanca|1942|Drama,Romance
Psycho|1960|Crime,Horror
Rear Window|1954|Mystery,Thriller
Monty Python and the Holy Grail|1975|Adventure,Comedy,Fantasy
Good, the Bad and the Ugly, The|1966|Action,Adventure,Western
Unforgiven|1992|Drama,Western
Once Upon a Time in the West|1968|Action,Drama,Western
Maltese Falcon, The|1941|Film-Noir,Mystery
Double Indemnity|1944|Crime,Drama,Film-Noir
Sunset Blvd. (a.k.a. Sunset Boulevard)|1950|Drama,Film-Noir,Romance
Singin' in the Rain|1952|Comedy,Musical,Romance
Sound of Music, The|1965|Musical,Romance
Bowling for Columbine|2002|Documentary
March of the Penguins|2005|Documentary
Apollo 13|1995|Adventure,Drama,IMAX
Titanic|1997|Drama,Romance
Shrek|2001|Adventure,Animation,Children,Comedy,Fantasy,Romance
Spirited Away (Sen to Chihiro no kamikakushi)|2001|Adventure,Animation,Fantasy
Princess Bride, The|1987|Action,Adventure,Comedy,Fantasy,Romance
2001: A Space Odyssey|1968|Adventure,Drama,Sci-Fi
Apocalypse Now|1979|Action,Drama,War
Taxi Driver|1976|Crime,Drama,Thriller
Goodfellas|1990|Crime,Drama
Fargo|1996|Comedy,Crime,Drama,Thriller
Big Lebowski, The|1998|Comedy,Crime
Truman Show, The|1998|Comedy,Drama,Sci-Fi
Gladiator|2000|Action,Adventure,Drama
Donnie Darko|2001|Drama,Mystery,Sci-Fi,Thriller
Lost in Translation|2003|Comedy,Drama,Romance
Eternal Sunshine of the Spotless Mind|2004|Drama,Romance,Sci-Fi
Dark Knight, The|2008|Action,Crime,Drama,IMAX
WALL·E|2008|Adventure,Animation,Children,Romance,Sci-Fi
Up|2009|Adventure,Animation,Children,Drama
Grand Budapest Hotel, The|2014|Comedy,Drama
Mad Max: Fury Road|2015|Action,Adventure,Sci-Fi,Thriller
Arrival|2016|Sci-Fi
Moonlight|2016|Drama
Shining, The|1980|Horror
Exorcist, The|1973|Horror,Mystery
Rosemary's Baby|1968|Drama,Horror,Thriller
Jaws|1975|Action,Horror
Vertigo|1958|Drama,Mystery,Romance,Thriller
North by Northwest|1959|Action,Adventure,Mystery,Romance,Thriller
Chinatown|1974|Crime,Film-Noir,Mystery,Thriller
Annie Hall|1977|Comedy,Romance
Manhattan|1979|Comedy,Drama,Romance
When Harry Met Sally...|1989|Comedy,Romance
Some Like It Hot|1959|Comedy,Crime
Metropolis|1927|Drama,Sci-Fi
Nosferatu|1922|Horror
City Lights|1931|Comedy,Drama,Romance
Seven Samurai (Shichinin no samurai)|1954|Action,Adventure,Drama
Rashomon (Rashômon)|1950|Crime,Drama,Mystery
In the Mood for Love (Fa yeung nin wa)|2000|Drama,Romance
Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb|1964|Comedy,War
Birdman: Or (The Unexpected Virtue of Ignorance)|2014|Comedy,Drama
Pan's Labyrinth (Laberinto del fauno, El)|2006|Drama,Fantasy,Thriller
Grease|1978|Comedy,Musical,Romance
Blair Witch Project, The|1999|Drama,Horror,Thriller
Heat|1995|Action,Crime,Thriller
Die Hard|1988|Action,Crime,Thriller
Terminator, The|1984|Action,Sci-Fi,Thriller
Notting Hill|1999|Comedy,Romance
Mulholland Drive|2001|Crime,Drama,Film-Noir,Mystery,Thriller
Babe|1995|Children,Drama
<script>alert("1")</script> & 'Sons' ]]> --><img src=x onerror=alert(2)>|2020|<b>Genre</b>
"""
