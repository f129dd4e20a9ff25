using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Platform.Coordination;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Notifications;
using Platform.Features.Notifications.Actions;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Notifications;

/// <summary>The feature over the real store, queue and signals; people and organizations are the test's own.</summary>
public sealed class NotificationsHarness : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-mail-").FullName;
    private readonly WebApplication _app;
    private readonly List<IHostedService> _started = [];

    public NotificationsHarness(Dictionary<string, string?>? settings = null, string environment = "Production")
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings ?? []) { ["Platform:DataDirectory"] = _folder, ["Platform:PublicUrl"] = "https://app.example.com" });
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton<ISecretBox>(new SecretBox(new byte[32]));
        StorageModule.AddServices(builder);
        CoordinationModule.AddServices(builder);
        JobsModule.AddServices(builder);
        NotificationsModule.AddServices(builder);
        builder.Services.AddSingleton(Organizations).AddSingleton(Accounts);
        _app = builder.Build();
        Accounts.FindAsync(default!, default).ReturnsForAnyArgs(call => call.Arg<IReadOnlyCollection<string>>().Where(People.ContainsKey).ToDictionary(id => id, id => People[id]));
    }

    public FakeClock Clock { get; } = new();

    public KeptLog Log { get; } = new();

    public IOrganizations Organizations { get; } = Substitute.For<IOrganizations>();

    public IAccounts Accounts { get; } = Substitute.For<IAccounts>();

    public Dictionary<string, PersonView> People { get; } = [];

    public string Organization { get; } = Ids.New();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        foreach (var service in _app.Services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            _started.Add(service);
        }
    }

    /// <summary>A member of the organization, who reads as the caller returned.</summary>
    public Caller AddMember(Role role, string? email = null)
    {
        var person = new PersonView(Ids.New(), email ?? $"{Ids.New()}@example.com", "Ada", "Lovelace", true);
        People[person.Id] = person;
        _members.Add(new MembershipView(Organization, "Lantern & Sons", person.Id, role, false));
        Organizations.MembersAsync(Organization, Arg.Any<CancellationToken>()).Returns([.. _members]);
        return new Caller { Kind = CallerKind.Person, UserId = person.Id, Organization = new OrganizationId(Organization), Role = role };
    }

    public async Task<IReadOnlyList<OutgoingMail>> MailsAsync() =>
        (await Get<IDocumentStore>().ForPlatform<OutgoingMail>(Caller.Platform).FindAsync(new Query<OutgoingMail> { Sort = Sort<OutgoingMail>.By(m => m.CreatedAt) }, CancellationToken.None)).Items;

    public async Task<OutgoingMail> SendAsync(string to, string subject = "Hello", params string[] lines)
    {
        await Get<IMailer>().SendAsync(Caller.Platform, new Mail(to, subject, lines.Length > 0 ? lines : ["A line."], "Open it", "https://app.example.com/x?token=canary-link-1"), CancellationToken.None);
        return (await MailsAsync()).Single(m => m.To == to);
    }

    /// <summary>Waits for a mail's state; moves the clock only while its job waits for the next attempt.</summary>
    public Task<OutgoingMail> UntilAsync(string id, MailState state) => Eventually.ValueAsync(async () =>
    {
        var mail = await Get<MailStore>().GetAsync(id, CancellationToken.None);
        if (mail?.State == state) { return mail; }
        if (await Get<IDocumentStore>().ForPlatform<StoredJob>(Caller.Platform).FirstAsync(j => j.State == JobState.Retrying) is { } waiting)
        {
            // The server sleeps in whole milliseconds, rounded up: it wakes within one after the attempt's moment.
            var left = waiting.RunAt - Clock.GetUtcNow();
            Clock.Advance((left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromMilliseconds(1));
        }
        return null;
    }, $"mail is {state}", 60);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_started)) { await service.StopAsync(CancellationToken.None); }
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private readonly List<MembershipView> _members = [];

    /// <summary>Every line that was logged.</summary>
    public sealed class KeptLog : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
