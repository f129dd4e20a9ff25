using System.Collections.Concurrent;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ApprovalTeam;

namespace Platform.Tests.Features.Content;

/// <summary>
/// Edits, submissions, approvals, withdrawals, schedules and the running dispatcher, in random order and at the same moment: what is out was approved as it is, word by
/// word, by the last approval that was acknowledged for that version.
/// </summary>
public sealed class ApprovalRaceTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    private const int Posts = 24;
    private const int Steps = 14;

    [Fact]
    public async Task Nothing_is_ever_sent_that_differs_from_what_was_approved()
    {
        var team = await StartAsync(fixture);
        var (editor, manager, admin) = ((await team.MemberAsync(Role.Editor)).Caller, (await team.MemberAsync(Role.Manager)).Caller, (await team.MemberAsync(Role.Admin)).Caller);
        await team.PolicyAsync([Stage("One", ["manager"]), Stage("Two", ["admin"])], expiresLate: false);
        var approved = new ConcurrentDictionary<string, ConcurrentBag<string>>();
        var ids = await Task.WhenAll(Enumerable.Range(0, Posts).Select(n => RunAsync(n, team, [editor, manager, admin], approved)));
        await Eventually.TrueAsync(async () => (await StatesAsync(team, ids)).Values.All(s => s is not (PublicationState.Publishing or PublicationState.Scheduled)), "all is settled", 60);
        var publications = await fixture.App.Get<IPublishing>().OfPostsAsync(team.Owner.Caller, ids, default);
        var outs = publications.Values.SelectMany(p => p).Where(p => p.State == PublicationState.Published).ToList();
        outs.ShouldAllBe(p => approved.ContainsKey(p.PostId) && approved[p.PostId].Contains(p.Content.Parts[0].Text));
        outs.Count.ShouldBeGreaterThan(5, "the test would prove nothing where nothing leaves");
        outs.ShouldAllBe(p => p.Attempts.Count(a => a.Outcome == "published") == 1);
    }

    private async Task<string> RunAsync(int seed, ApprovalTeam team, Caller[] people, ConcurrentDictionary<string, ConcurrentBag<string>> approved)
    {
        var random = new Random(seed * 7919);
        var id = (await fixture.App.Get<CreatePost>().RunAsync(people[0], new() { Text = $"{seed}: v0", ChannelIds = team.Channels }, default)).Unwrap().Id;
        for (var step = 0; step < Steps; step++)
        {
            // Two at a time: the second meets the first half-way.
            await Task.WhenAll(StepAsync(random.Next(100), $"{seed}: v{step}a", id, people, approved), StepAsync(random.Next(100), $"{seed}: v{step}b", id, people, approved));
        }
        // So that enough leaves: the whole way once more, its last answer given twice at the same moment, or beside an edit.
        await fixture.App.Get<IScheduling>().PublishNowAsync(people[1], id, default);
        await fixture.App.Get<SubmitPost>().RunAsync(people[0], new(id, null), default);
        await ApproveAsync(people[1], id, approved);
        await Task.WhenAll(ApproveAsync(people[2], id, approved), StepAsync(seed % 3 == 0 ? 0 : 79, $"{seed}: last", id, people, approved));
        return id;
    }

    private async Task StepAsync(int dice, string text, string id, Caller[] people, ConcurrentDictionary<string, ConcurrentBag<string>> approved)
    {
        var app = fixture.App;
        switch (dice)
        {
            case < 15: await app.Get<UpdatePost>().RunAsync(people[dice % 3], id, new() { Text = text }, null, default); break;
            case < 35: await app.Get<SubmitPost>().RunAsync(people[dice % 2], new(id, null), default); break;
            case < 55: await ApproveAsync(people[1], id, approved); break;
            case < 80: await ApproveAsync(people[2], id, approved); break;
            case < 84: await app.Get<WithdrawPost>().RunAsync(people[0], new(id), default); break;
            case < 90: await app.Get<IScheduling>().PublishNowAsync(people[1], id, default); break;
            case < 93: await app.Get<IScheduling>().CancelAsync(people[1], id, default); break;
            case < 96: await app.Get<IScheduling>().UnscheduleAsync(people[2], id, default); break;
            default: await RetryAsync(people[1], id); break;
        }
    }

    // What this version says is read first, as a person does; the version of the answer binds the approval to it.
    private async Task ApproveAsync(Caller who, string id, ConcurrentDictionary<string, ConcurrentBag<string>> approved)
    {
        var post = (await fixture.App.Get<GetPost>().RunAsync(who, id, default)).Unwrap();
        var answer = await fixture.App.Get<AnswerReview>().RunAsync(who, new(id, ReviewAnswerKind.Approve, post.Version), default);
        if (answer is { Ok: true, Value.State: ReviewState.Approved }) { approved.GetOrAdd(id, _ => []).Add(post.Text); }
    }

    private async Task RetryAsync(Caller who, string id)
    {
        foreach (var publication in (await fixture.App.Get<IPublishing>().OfPostsAsync(who, [id], default)).GetValueOrDefault(id, []))
        {
            await fixture.App.Get<Platform.Features.Publishing.Actions.RetryPublication>().RunAsync(who, new(id, publication.Id), default);
        }
    }

    private async Task<Dictionary<string, PublicationState>> StatesAsync(ApprovalTeam team, string[] ids) =>
        (await fixture.App.Get<IPublishing>().OfPostsAsync(team.Owner.Caller, ids, default)).SelectMany(p => p.Value).ToDictionary(p => p.Id, p => p.State);
}
