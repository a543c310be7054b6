const list = (lines: string): string[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => line.trim());

/** For whom or where something is wanted; each follows "for". */
export const settings = list(`
  a first flat with two small rooms
  a shop that opens in the spring
  a father who has never tried it
  a cabin without mains power
  a class of twelve-year-olds
  a night shift at the hospital
  a choir that meets twice a week
  a long winter in the north
  a family with a baby on the way
  a village hall with a leaking roof
  a student who moves every year
  an office on the ninth floor
  a wedding with eighty guests
  a summer on the road
  a retired couple with a garden
  a team that works from four countries
  a grandmother whose hands are stiff
  a small kitchen with one window
  a youth club on a tight budget
  a neighbour who cannot drive
  a holiday with three teenagers
  a workshop shared by six people
  a beginner with no patience
  a museum visit on a rainy day
  a nurse who commutes by train
  a farm at the end of a gravel road
  a birthday in the middle of the week
  a library with a reading group
  a street party in early summer
  a colleague who starts next week
  a sports club without a coach
  a writer who needs silence
  a house with a steep staircase
  a couple that disagrees about everything
  a charity sale at the school
  a month of evenings at home
  a cousin who comes to stay
  a band that rehearses in a garage
  a tenant who may not drill holes
  a ferry crossing with a dog
  a trainee in a busy restaurant
  a community garden behind the station
  a project that ends in the autumn
  a reunion of old classmates
  a driver who is on the road all week
  a teacher with thirty exercise books
  a balcony that gets the morning sun
  a guest house with five beds`);

/** What somebody worries about. */
export const concerns = list(`
  the running cost
  the noise in the evening
  the time it takes to learn
  the weight of it all
  the way it ages
  the help one gets when something fails
  the cleaning afterwards
  the price of the extras
  the crowd at weekends
  the waiting list
  the smell in a closed room
  the paperwork
  the look of it in daylight
  the space that it needs
  the safety of a small child
  the damp in the autumn
  the journey there and back
  the rule about visitors
  the first week or two
  the storage over the winter
  the electricity bill
  the taste that takes getting used to
  the deposit
  the number of steps
  the language of the instructions
  the resale value
  the tone among the members
  the closing time
  the colour under artificial light
  the strain on the back
  the search for spare parts
  the mood of the group
  the lack of shade
  the update that came last month
  the insurance
  the early start
  the second-hand market
  the sound of it in a small room
  the missing tool
  the patience of the neighbours`);

/** Where the entity to avoid comes from; each can be followed by its name. */
export const bridges = list(`
  a neighbour who swears by
  an advertisement for
  a colleague who keeps praising
  a magazine test that was won by
  a sister who has just switched to
  a voucher that is only good for
  a talk on the radio about
  a shop assistant who pushed
  a friend from school who works with
  an old photograph that shows
  a waiting-room brochure about
  a podcast that compared it with
  a landlord who insists on
  a leaflet in the letter box for
  a cheaper offer for
  a trainer who only knows
  a grandson who talks of nothing but
  a review that was full of
  a window display of
  a fellow passenger who was on the way to
  a club member who has brought up
  a rumour at work about
  a video that ended with
  a present that turned out to be
  a survey in the paper that was led by
  a cousin who laughs at anyone without
  a poster at the bus stop for
  a doctor who mentioned
  a list of the ten best that opens with
  a bad evening that made us think of`);

/** The phrases of a list that stand in a text, in the list's order. */
export const phrasesIn = (text: string, phrases: readonly string[]): string[] =>
  phrases.filter((phrase) => text.includes(phrase));
