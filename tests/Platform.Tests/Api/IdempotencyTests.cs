using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api;
using Platform.Tests.TestKit;

namespace Platform.Tests.Api;

public sealed class IdempotencyTests(IdempotencyTests.Fixture fixture) : IClassFixture<IdempotencyTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task A_repeat_with_the_same_key_gives_the_first_answer_and_does_nothing()
    {
        var customer = await _app.SignUpAsync();
        var first = await CreateAsync(customer, "key-1", "North");
        var again = await CreateAsync(customer, "key-1", "North");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await CountAsync(customer)).ShouldBe(2);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var customer = await _app.SignUpAsync();
        await CreateAsync(customer, "key-2", "North");
        var other = await CreateAsync(customer, "key-2", "South");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.ProblemAsync()).ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task A_request_that_was_not_valid_may_be_corrected_under_its_key()
    {
        var customer = await _app.SignUpAsync();
        (await CreateAsync(customer, "key-3", " ")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CreateAsync(customer, "key-3", "Corrected")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Two_customers_with_the_same_key_never_meet()
    {
        var (ada, eve) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var first = await (await CreateAsync(ada, "key-4", "North")).ReadAsync();
        var second = await (await CreateAsync(eve, "key-4", "North")).ReadAsync();
        second.GetProperty("id").GetString().ShouldNotBe(first.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Of_many_at_once_one_does_the_work()
    {
        var customer = await _app.SignUpAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync(customer, "key-5", "Once")));
        answers.Select(a => (int)a.StatusCode).Distinct().ShouldBeSubsetOf([201, 409]);
        answers.ShouldContain(a => a.StatusCode == HttpStatusCode.Created);
        (await CountAsync(customer)).ShouldBe(2);
    }

    [Fact]
    public async Task An_abandoned_claim_is_taken_over_and_one_under_way_is_not()
    {
        var store = _app.Get<IIdempotencyStore>();
        (await store.ClaimAsync("k", "f", default)).Mine.ShouldBeTrue();
        (await store.ClaimAsync("k", "f", default)).ShouldBe(new KeyClaim(Mine: false, SameRequest: true, null));
        fixture.Clock.Advance(TimeSpan.FromMinutes(11));
        (await store.ClaimAsync("k", "f", default)).Mine.ShouldBeTrue();
    }

    private static Task<HttpResponseMessage> CreateAsync(TestCustomer customer, string key, string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/organizations") { Content = JsonContent.Create(new { name }) };
        request.Headers.Add("Idempotency-Key", key);
        return customer.Client.SendAsync(request);
    }

    private static async Task<int> CountAsync(TestCustomer customer) =>
        (await (await customer.Client.GetAsync("/api/v1/organizations")).ReadAsync()).GetProperty("items").GetArrayLength();

    public sealed class Fixture : IDisposable
    {
        public Fixture() => App = new PlatformApp().With(Clock);
        public FakeClock Clock { get; } = new();
        public PlatformApp App { get; }
        public void Dispose() => App.Dispose();
    }
}
