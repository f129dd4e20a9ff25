namespace Platform.Features.Sandbox.Domain;

/// <summary>A comment under a post of the practice network.</summary>
public sealed record SandboxComment(string Id, string AuthorHandle, string AuthorName, string Text, DateTimeOffset CreatedAt);

/// <summary>The comments that people of the practice network write: praise, questions and complaints, each at its own moment, always the same for a post.</summary>
public static class Comments
{
    private const int Most = 40;

    private static readonly string[] Praise =
    [
        "Love this, thank you for sharing!", "This made my day.", "Great work, keep it coming.", "So helpful, saved for later.",
        "Finally someone says it. Well done.", "We tried this last month and it worked wonderfully.", "Beautiful. The whole team is impressed.",
    ];

    private static readonly string[] Questions =
    [
        "Is this available in Europe too?", "How much does it cost?", "When will you do this again?", "Could you share more details, please?",
        "Does it work with the old version?", "Where can I sign up?",
    ];

    private static readonly string[] Complaints =
    [
        "I ordered two weeks ago and still have no answer from support.", "Honestly disappointed, it broke after one day.",
        "The link does not work for me.", "Too expensive for what it is.", "I asked for a refund and nobody replies.",
    ];

    private static readonly (string Handle, string Name)[] People =
    [
        ("mara.lind", "Mara Lind"), ("jo.okafor", "Jo Okafor"), ("t.nguyen", "Thao Nguyen"), ("pablo.r", "Pablo Rey"), ("anna.k", "Anna Kowalska"),
        ("sam.w", "Sam Whitaker"), ("yuki.m", "Yuki Mori"), ("leila.h", "Leila Haddad"), ("noah.b", "Noah Berg"), ("ines.c", "Inês Costa"), ("ravi.p", "Ravi Patel"),
    ];

    /// <summary>The comments there are at a moment, oldest first. The number of them is the post's comment count.</summary>
    public static IReadOnlyList<SandboxComment> Of(SandboxAccount account, SandboxPost post, DateTimeOffset at)
    {
        var seed = Growth.Seed(account, post);
        var all = (int)Math.Min(Most, Growth.Reach(account, post) * (0.003 + 0.009 * Growth.Unit(seed, "comments")));
        return [.. Enumerable.Range(0, all).Select(i => One(seed, post, i, all)).TakeWhile(c => c.CreatedAt <= at)];
    }

    private static SandboxComment One(string seed, SandboxPost post, int index, int all)
    {
        var person = Pick(People, seed, $"who{index}");
        var text = Growth.Unit(seed, $"mood{index}") switch { < 0.55 => Pick(Praise, seed, $"say{index}"), < 0.8 => Pick(Questions, seed, $"say{index}"), _ => Pick(Complaints, seed, $"say{index}") };
        return new SandboxComment($"{post.Id}-c{index}", person.Handle, person.Name, text, Growth.Moment(post, (index + 0.5) / all));
    }

    private static T Pick<T>(T[] from, string seed, string salt) => from[(int)(Growth.Unit(seed, salt) * from.Length)];
}
