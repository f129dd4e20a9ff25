using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Features.Notifications.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ApprovalTeam;

namespace Platform.Tests.Features.Content;

/// <summary>Approval and the clock: reminders before the time, the end at the time, and what may still be done after it.</summary>
public sealed class ApprovalTimeTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Not_approved_in_time_it_does_not_go_out_and_can_be_submitted_again()
    {
        await using var world = await World.StartAsync(expiresLate: true);
        await world.UntilAsync(async () => await world.StateAsync() == PublicationState.Missed, TimeSpan.FromHours(5));
        (await world.PublicationAsync()).Error!.Code.ShouldBe("approval_late");
        await Eventually.TrueAsync(async () => (await world.ReviewAsync()).State == ReviewState.Expired, "the approval ends");
        (await world.AnswerAsync()).Problem?.Code.ShouldBe("not_waiting");
        (await world.SubmitAsync(TimeSpan.FromHours(1))).Unwrap().State.ShouldBe(ReviewState.Pending);
        (await world.AnswerAsync()).Unwrap().State.ShouldBe(ReviewState.Approved);
        (await world.StateAsync()).ShouldBe(PublicationState.Scheduled);
    }

    [Fact]
    public async Task Where_the_rules_say_so_a_late_approval_still_sends_it()
    {
        await using var world = await World.StartAsync(expiresLate: false);
        world.Clock.Advance(TimeSpan.FromHours(8));
        (await world.StateAsync()).ShouldBe(PublicationState.AwaitingApproval);
        (await world.AnswerAsync()).Unwrap().State.ShouldBe(ReviewState.Approved);
        await world.UntilAsync(async () => await world.StateAsync() == PublicationState.Published, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Whoever_has_not_answered_is_reminded_once_before_it_is_due()
    {
        await using var world = await World.StartAsync(expiresLate: true);
        (await world.MailsAsync()).ShouldBe(1);
        (await world.App.Get<RemindOfReviews>().RunAsync(default)).ShouldBe(0, "it is not due soon");
        world.Clock.Advance(TimeSpan.FromHours(3));
        await world.App.Get<RemindOfReviews>().RunAsync(default);
        await Eventually.TrueAsync(async () => await world.MailsAsync() == 2, "the reminder is there");
        (await world.App.Get<RemindOfReviews>().RunAsync(default)).ShouldBe(0, "once is enough");
        (await world.MailsAsync()).ShouldBe(2);
    }

    private sealed class World(PlatformApp app, FakeClock clock, ApprovalTeam team, TestMember editor, TestMember manager, string id) : IAsyncDisposable
    {
        public PlatformApp App => app;
        public FakeClock Clock => clock;

        public static async Task<World> StartAsync(bool expiresLate)
        {
            var clock = new FakeClock();
            var app = new PlatformApp().With(clock);
            var owner = await app.SignUpAsync();
            var team = new ApprovalTeam(app, owner, [await ContentFixture.ConnectAsync(owner)]);
            var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
            await team.PolicyAsync([Stage("Brand", ["manager"])], expiresLate: expiresLate);
            var world = new World(app, clock, team, editor, manager, await team.DraftAsync(editor.Client, "Due soon"));
            (await world.SubmitAsync(TimeSpan.FromHours(4))).Unwrap();
            return world;
        }

        public Task<Platform.Primitives.Result<ReviewView>> SubmitAsync(TimeSpan after) =>
            app.Get<SubmitPost>().RunAsync(editor.Caller, new(id, new(null, null, clock.GetUtcNow() + after)), default);

        public async Task<Platform.Primitives.Result<ReviewView>> AnswerAsync() => await app.Get<AnswerReview>().RunAsync(manager.Caller, new(id, ReviewAnswerKind.Approve, 1), default);

        public async Task<ReviewView> ReviewAsync() => (await app.Get<ListReviews>().GetAsync(manager.Caller, id, default)).Unwrap().Review;

        public async Task<PublicationView> PublicationAsync() => (await app.Get<IPublishing>().OfPostsAsync(team.Owner.Caller, [id], default))[id].Single();

        public async Task<PublicationState> StateAsync() => (await PublicationAsync()).State;

        public async Task<int> MailsAsync() => (await app.Get<ListMailbox>().RunAsync(Caller.Platform, 100, null, default)).Unwrap().Items.Count(m => m.To == manager.Email);

        public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan most)
        {
            var end = clock.GetUtcNow() + most;
            for (var step = most > TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(10) : Step; !await condition(); clock.Advance(step))
            {
                (clock.GetUtcNow() < end).ShouldBeTrue($"it did not happen within {most}");
                await Task.Delay(20);
            }
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
