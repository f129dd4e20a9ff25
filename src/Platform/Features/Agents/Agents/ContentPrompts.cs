using System.Globalization;
using Platform.Ai;

namespace Platform.Features.Agents.Agents;

/// <summary>What the Content agent asks, in words for a model and as data for the offline engine.</summary>
internal static class ContentPrompts
{
    private static readonly Prompt Draft = Load("DraftPost");
    private static readonly Prompt Improve = Load("ImprovePost");
    private static readonly Prompt Shorten = Load("ShortenPost");
    private static readonly Prompt Adapt = Load("AdaptPost");
    private static readonly Prompt Hashtags = Load("SuggestHashtags");

    /// <summary>A draft from a brief, and from a source where there is one.</summary>
    public static ModelRequest ForDraft(TextTask task, string limits) => Request(task, Draft.Fill(
        new Dictionary<string, string>
        {
            ["brand"] = task.Brand is "" ? "the company that asks" : PlainText.From(task.Brand, 100),
            ["source"] = task.Source is "" ? "" : " and the source that follows it",
            ["tone"] = task.Tone,
            ["limits"] = limits,
            ["hashtags"] = Number(task.MaxHashtags),
        },
        new Dictionary<string, string> { ["brief"] = task.Text, ["brand voice"] = task.Voice, ["source"] = task.Source, ["link to end with"] = task.Link }));

    /// <summary>A better wording.</summary>
    public static ModelRequest ForImprove(TextTask task, string limits, string wish) => Request(task, Improve.Fill(
        new Dictionary<string, string> { ["brand"] = task.Brand is "" ? "the company that asks" : PlainText.From(task.Brand, 100), ["tone"] = task.Tone, ["limits"] = limits },
        new Dictionary<string, string> { ["post"] = task.Text, ["brand voice"] = task.Voice, ["wish"] = wish }));

    /// <summary>A shorter text.</summary>
    public static ModelRequest ForShorten(TextTask task, string limits) =>
        Request(task, Shorten.Fill(new Dictionary<string, string> { ["limits"] = limits }, new Dictionary<string, string> { ["post"] = task.Text }));

    /// <summary>A text for one network.</summary>
    public static ModelRequest ForAdapt(TextTask task, string network, string limits) => Request(task, Adapt.Fill(
        new Dictionary<string, string> { ["network"] = network, ["limits"] = limits, ["hashtags"] = Number(task.MaxHashtags) },
        new Dictionary<string, string> { ["post"] = task.Text, ["brand voice"] = task.Voice }));

    /// <summary>Hashtags.</summary>
    public static ModelRequest ForHashtags(TextTask task) =>
        Request(task, Hashtags.Fill(new Dictionary<string, string> { ["count"] = Number(task.MaxHashtags) }, new Dictionary<string, string> { ["post"] = task.Text })) with { MaxOutputTokens = 200 };

    private static Prompt Load(string name) => Prompt.Load(typeof(ContentPrompts), $"{name}.md");

    private static ModelRequest Request(TextTask task, IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> messages) => new(messages) { Task = task };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
