namespace Platform.Features.Demo.Domain;

/// <summary>A post of the demo.</summary>
/// <param name="Day">Days from today; below zero is past.</param>
/// <param name="Hour">Hour of the day, in the organization's zone.</param>
/// <param name="Minute">Minute.</param>
/// <param name="Text">The text.</param>
/// <param name="Label">Its label.</param>
/// <param name="Campaign">Its campaign.</param>
/// <param name="Picture">Which picture; null for none.</param>
/// <param name="Both">Whether it goes to both main channels.</param>
/// <param name="Author">Which of the people wrote it.</param>
public sealed record DemoPost(int Day, int Hour, int Minute, string Text, string Label, string? Campaign, int? Picture, bool Both, int Author);

/// <summary>What Northwind Coffee, a small roaster with two cafés, has been posting. The same in every run.</summary>
public static class DemoStory
{
    /// <summary>How many days the story goes back.</summary>
    public const int Days = 90;

    private static readonly string[] Beans = ["Yirgacheffe", "Huila", "Sidamo", "Tarrazú", "Antigua", "Kirinyaga", "Cerrado", "Sumatra Gayo", "Nyeri", "Cajamarca"];
    private static readonly string[] Notes = ["jasmine and lemon", "dark cherry and cocoa", "blueberry jam", "brown sugar and orange", "roasted almond", "blackcurrant and tomato leaf", "honey and red apple", "cedar and dark chocolate"];
    private static readonly string[] Places = ["Hafen", "Altstadt"];
    private static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly (string Label, string Text)[] Patterns =
    [
        ("roastery", "Fresh off the drum: {bean}, roasted this {day}. Expect {note}. At both cafés from 8 and at https://northwind.example/beans"),
        ("roastery", "Batch {n} of {bean} is resting. Four days from now it will taste of {note}; today it only smells like it."),
        ("roastery", "Why we roast {bean} a little lighter: the fruit is in the first seconds after the crack. A minute more and {note} is gone."),
        ("recipe", "Our {bean} on the V60: 15 g, 250 g of water at 94 °C, three pours, 2:45. Look for {note}."),
        ("recipe", "Iced {bean} for a warm {day}: brew double strength over ice, add a slice of orange. {n} people asked, so here it is."),
        ("recipe", "Cold brew, the short version: 80 g coarse {bean}, one litre of water, {h} hours in the fridge. Strain twice. Done."),
        ("café", "The {place} café opens at 7 on {day}. The first {n} cups of {bean} are on the house."),
        ("café", "Rain outside, {bean} inside. The window seats at {place} are free right now."),
        ("café", "Cinnamon buns are back at {place} this {day}. They were gone by {h} last time; you have been warned."),
        ("people", "Meet Ilse: {h} years behind the bar at {place}, and still tastes every {bean} before we open."),
        ("people", "We spent {n} minutes with the growers of our {bean} on a shaky video call. What we learned about picking: https://northwind.example/growers"),
        ("people", "Question of the {day}: milk first or coffee first? Our baristas at {place} have been arguing for {n} minutes."),
        ("offer", "This {day} only: two bags of {bean} for the price of one and a half. https://northwind.example/offer #coffee #autumn"),
        ("offer", "Subscribers get {bean} before anyone else. It ships on {day}, and it tastes of {note}."),
        ("event", "Cupping at {place}, {day} at {h}: five coffees, no wrong answers, {n} seats. Reply to save yours."),
        ("event", "Latte art evening at {place}. Bring steady hands and a friend. {day}, {h} o'clock, {n} places."),
    ];

    /// <summary>The pictures.</summary>
    public static IReadOnlyList<DemoPicture> Pictures { get; } =
    [
        new("morning-cup.png", "A white cup on a saucer before a dawn in orange and violet", "cup", 0xF2A65A, 0x6B4E9B, 0xFFF8EF),
        new("bean-green.png", "A coffee bean before deep green", "bean", 0x0B3D2E, 0x4F8A5B, 0xC98B4B),
        new("summer-sun.png", "A yellow sun over a pale blue sky", "sun", 0x8FD3F4, 0xF9F6E7, 0xF6C945),
        new("dark-roast.png", "A dark bean before warm brown", "bean", 0x8C5E3C, 0xE8C39E, 0x2B1810),
        new("blue-cup.png", "A blue cup before soft grey", "cup", 0xE9ECEF, 0xB8C4CE, 0x1F4E79),
        new("evening-cup.png", "A red cup before a night sky", "cup", 0x14213D, 0x43506B, 0xD1495B),
    ];

    /// <summary>What went out: about four posts in three days, none of them today.</summary>
    public static IReadOnlyList<DemoPost> Past() => Between(-Days, -1, new Dice(20260101), share: 78);

    /// <summary>What is planned for two weeks.</summary>
    public static IReadOnlyList<DemoPost> Coming() => Between(1, 14, new Dice(20260614), share: 62);

    /// <summary>What waits for the channel whose connection was lost.</summary>
    public static DemoPost Held { get; } = new(3, 10, 0, "For restaurants: the new Huila is in. Write to us for a sample roast.", "roastery", "wholesale", 3, false, 1);

    /// <summary>What the network refused.</summary>
    public static DemoPost Refused { get; } = new(-2, 12, 30, "Menu of the week, with every allergen, every price and every origin, all in one post.", "café", null, null, false, 2);

    /// <summary>What nobody knows of whether it is out.</summary>
    public static DemoPost Lost { get; } = new(-1, 18, 20, "Thank you for a full house at Hafen tonight. Found: one green scarf.", "event", "meet-us", null, false, 1);

    /// <summary>What is being written.</summary>
    public static IReadOnlyList<DemoPost> Drafts() =>
    [
        new(0, 9, 0, "Holiday opening hours: tell people early. When exactly do we close at Hafen?", "café", null, null, true, 2),
        new(0, 9, 0, "Five years of Northwind. A thread about the garage, the first roaster, and the fire alarm.", "people", "anniversary", 0, true, 3),
        new(0, 9, 0, "Oat milk prices went up again. Do we say it or do we swallow it?", "café", null, null, false, 2),
        new(0, 9, 0, "Wholesale: three new restaurants pour our Huila. Ask them for a photo.", "roastery", "wholesale", 3, false, 1),
    ];

    private static List<DemoPost> Between(int first, int last, Dice dice, int share)
    {
        var (posts, seen) = (new List<DemoPost>(), new HashSet<string>());
        for (var day = first; day <= last; day++)
        {
            foreach (var (from, to) in new[] { (7, 10), (15, 19) })
            {
                if (dice.Throw(100) >= share) { continue; }
                var post = One(dice, day, from + dice.Throw(to - from + 1));
                if (seen.Add(post.Text)) { posts.Add(post); }
            }
        }
        return posts;
    }

    private static DemoPost One(Dice dice, int day, int hour)
    {
        var (label, pattern) = dice.Pick(Patterns);
        var text = pattern.Replace("{bean}", dice.Pick(Beans), StringComparison.Ordinal).Replace("{note}", dice.Pick(Notes), StringComparison.Ordinal)
            .Replace("{place}", dice.Pick(Places), StringComparison.Ordinal).Replace("{day}", dice.Pick(Weekdays), StringComparison.Ordinal)
            .Replace("{n}", $"{12 + dice.Throw(60)}", StringComparison.Ordinal).Replace("{h}", $"{8 + dice.Throw(12)}", StringComparison.Ordinal);
        var campaign = label switch { "offer" => "autumn-beans", "event" => "meet-us", _ => null };
        return new DemoPost(day, hour, dice.Throw(4) * 15, text, label, campaign, dice.Throw(100) < 45 ? dice.Throw(Pictures.Count) : null, dice.Throw(100) < 40, dice.Throw(4));
    }
}
