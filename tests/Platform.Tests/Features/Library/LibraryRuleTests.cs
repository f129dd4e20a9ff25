using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Content.Contracts;
using Platform.Features.Library.Actions;
using Platform.Features.Library.Domain;
using Platform.Features.Library.Ui;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using Platform.Tests.Ui;

namespace Platform.Tests.Features.Library;

/// <summary>Places are found and filled; members who only read see no buttons; the panel gives the composer what was chosen and nothing else.</summary>
public sealed class LibraryRuleTests : UiContext
{
    private readonly PlatformApp _app = new();

    [Theory]
    [InlineData("Hello", new string[0])]
    [InlineData("{{a}} {{ b c }} {{A}} {{b  c}}", new[] { "a", "b c" })]
    [InlineData("{{}} {{ }} {x} {{a{b}} {{<b>}}", new string[0])]
    public void Places_are_what_is_in_double_braces_each_once(string text, string[] places) =>
        TemplateText.Places(text).ShouldBe(places);

    [Fact]
    public void What_is_given_goes_into_its_places_and_what_is_not_stays() =>
        TemplateText.Fill("{{a}}, {{ A }} and {{b}} {{c}}", new Dictionary<string, string> { ["a"] = "{{b}}", ["c"] = " " }).ShouldBe("{{b}}, {{b}} and {{b}} {{c}}");

    [Fact]
    public async Task The_panel_fills_a_template_and_adds_only_the_tags_that_are_missing()
    {
        await _app.Get<Templates>().CreateAsync(SignedIn.Caller, new("Launch", "Our {{product}} is here"), default);
        await _app.Get<HashtagSets>().CreateAsync(SignedIn.Caller, new("Coffee", ["coffee", "espresso"]), default);
        Services.AddTransient(_ => _app.Get<Templates>()).AddTransient(_ => _app.Get<HashtagSets>()).AddTransient<LibraryActions>();
        var applied = new List<string>();
        var context = new ComposerContext { Text = "Morning #Coffee", Channels = [], ApplyText = text => { applied.Add(text); return Task.CompletedTask; }, ApplyVariant = (_, _) => Task.CompletedTask };
        var panel = Render<LibraryPanel>(p => p.Add(x => x.Context, context));
        panel.WaitForElement("select");
        panel.FindAll("select")[0].Change(panel.FindAll("select")[0].QuerySelectorAll("option")[1].GetAttribute("value")!);
        panel.Find("input").Input("roast");
        panel.Markup.ShouldContain("Our roast is here");
        applied.ShouldBeEmpty();
        panel.FindAll("button").First(b => b.TextContent.Contains("Insert")).Click();
        panel.FindAll("select")[1].Change(panel.FindAll("select")[1].QuerySelectorAll("option")[1].GetAttribute("value")!);
        panel.FindAll("button").First(b => b.TextContent.Contains("Add the tags")).Click();
        applied.ShouldBe(["Morning #Coffee\n\nOur roast is here", "Morning #Coffee\n\n#espresso"]);
    }

    [Fact]
    public async Task Who_only_reads_makes_nothing()
    {
        var viewer = SignedIn.Caller with { Role = Role.Viewer };
        (await _app.Get<Templates>().CreateAsync(viewer, new("a", "b"), default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await _app.Get<HashtagSets>().CreateAsync(viewer, new("a", ["b"]), default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await _app.Get<Templates>().ListAsync(viewer, null, 10, null, default)).Ok.ShouldBeTrue();
        (await _app.Get<Templates>().ListAsync(SignedIn.Caller with { Role = Role.Client }, null, 10, null, default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) { _app.Dispose(); }
    }
}
