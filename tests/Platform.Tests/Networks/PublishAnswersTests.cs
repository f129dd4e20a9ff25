using Platform.Networks;

namespace Platform.Tests.Networks;

public sealed class PublishAnswersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Retry-After", "10", 10)]
    [InlineData("Retry-After", "1.5", 1.5)]
    [InlineData("Retry-After", "Sun, 22 Nov 2026 09:02:00 GMT", 120)]
    [InlineData("x-rate-limit-reset", "1795338060", 60)]
    [InlineData("RateLimit-Reset", "1795338060", 60)]
    [InlineData("RateLimit-Reset", "90", 90)]
    [InlineData("X-RateLimit-Reset", "2026-11-22T09:05:00.125Z", 300.125)]
    [InlineData("X-RateLimit-Reset-After", "2.25", 2.25)]
    [InlineData("Retry-After", "99999999", 86400)]
    [InlineData("Retry-After", "Sun, 22 Nov 2020 09:02:00 GMT", 0)]
    public void The_moment_to_ask_again_is_read_from_every_form(string header, string value, double seconds) =>
        RetryTime.Read(Headers(header, value), Now).ShouldBe(Now.AddSeconds(seconds));

    [Theory]
    [InlineData("Retry-After", "soon")]
    [InlineData("Retry-After", "-5")]
    [InlineData("X-Other", "10")]
    public void Nonsense_is_no_moment(string header, string value) => RetryTime.Read(Headers(header, value), Now).ShouldBeNull();

    [Theory]
    [InlineData(OutboundFailure.NotSent, typeof(PublishOutcome.Transient))]
    [InlineData(OutboundFailure.Lost, typeof(PublishOutcome.Unknown))]
    [InlineData(OutboundFailure.TooLarge, typeof(PublishOutcome.Unknown))]
    [InlineData(OutboundFailure.Withdrawn, typeof(PublishOutcome.Withdrawn))]
    [InlineData(OutboundFailure.Refused, typeof(PublishOutcome.Rejected))]
    public void A_failure_of_the_wire_is_what_it_means_for_the_post(OutboundFailure failure, Type outcome) =>
        PublishAnswers.OfCreate(new OutboundAnswer.Failed(failure, "x"), Now).ShouldBeOfType(outcome);

    [Theory]
    [InlineData(429, typeof(PublishOutcome.RateLimited))]
    [InlineData(500, typeof(PublishOutcome.Unknown))]
    [InlineData(503, typeof(PublishOutcome.Transient))]
    [InlineData(502, typeof(PublishOutcome.Unknown))]
    [InlineData(504, typeof(PublishOutcome.Unknown))]
    [InlineData(408, typeof(PublishOutcome.Unknown))]
    [InlineData(307, typeof(PublishOutcome.Rejected))]
    public void A_server_error_is_safe_to_repeat_only_where_the_network_s_table_says_so(int status, Type outcome) =>
        PublishAnswers.OfCreate(Answer(status), Now, 503).ShouldBeOfType(outcome);

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(401)]
    [InlineData(422)]
    public void What_differs_from_network_to_network_is_left_to_the_adapter(int status) => PublishAnswers.OfCreate(Answer(status), Now).ShouldBeNull();

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public void Before_the_creating_call_every_server_error_is_safe_to_repeat(int status) => PublishAnswers.OfPreparation(Answer(status), Now).ShouldBeOfType<PublishOutcome.Transient>();

    private static Dictionary<string, string> Headers(string name, string value) => new(StringComparer.OrdinalIgnoreCase) { [name] = value };

    private static OutboundAnswer.Answered Answer(int status) => new(status, Headers("A", "b"), [], new Uri("https://n.example/"));
}
