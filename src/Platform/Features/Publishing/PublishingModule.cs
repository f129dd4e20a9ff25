using Microsoft.Extensions.Options;
using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Api;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Jobs;
using Platform.Features.Publishing.Store;
using Platform.Features.Publishing.Ui;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Publishing;

/// <summary>Wires this up.</summary>
public sealed class PublishingModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PublishingOptions>().BindConfiguration("Publishing").ValidateDataAnnotations()
            .Validate(o => o.LeaseSeconds > o.SendTimeoutSeconds, "Publishing:LeaseSeconds must be more than Publishing:SendTimeoutSeconds.").ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PublishingOptions>>().Value.ToPolicy());
        services.AddCollection(PublicationStore.Collection).AddMigration<ClearScheduled>();
        services.AddSingleton<PublicationStore>().AddSingleton<PublicationLists>().AddSingleton<DispatchStore>().AddSingleton<OutboxStore>().AddSingleton<HealthStore>();
        AddDoors(services);
        AddPages(services);
        AddActions(services);
        AddDispatch(services, builder.Environment.IsDevelopment());
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        PublishingEndpoints.Map(app);
        PublishingAdminEndpoints.Map(app);
    }

    private static void AddDoors(IServiceCollection services)
    {
        services.AddSingleton<PublishingMeter>().AddSingleton<OutboxBell>().AddSingleton<Calm>().AddSingleton<Announcer>().AddSingleton<PublishingHealth>();
        services.AddSingleton<IPublishingHealth>(provider => provider.GetRequiredService<PublishingHealth>());
        services.AddSingleton<IPublishing, PublishingDoor>().AddTransient<IPublicationApproval, PublicationApproval>();
        services.AddTransient<IScheduling, Scheduling>().AddSingleton<IPublicationHistory, PublicationHistory>();
    }

    private static void AddPages(IServiceCollection services)
    {
        services.AddTransient<PostPageServices>().AddTransient<PostOutcomes>();
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 20, "Calendar", "/calendar", "calendar_month", Permission.ContentRead, "g c"));
        services.AddTransient<IFirstStep, ScheduleFirstPost>().AddTransient<IFirstStep, SeeFirstPublished>();
        services.AddSingleton(new DashboardPart(DashboardColumn.Wide, 10, typeof(PublishedCard), Permission.ContentRead))
            .AddSingleton(new DashboardPart(DashboardColumn.Main, 10, typeof(AttentionCard), Permission.ContentRead))
            .AddSingleton(new DashboardPart(DashboardColumn.Main, 20, typeof(UpcomingCard), Permission.ContentRead));
    }

    private static void AddActions(IServiceCollection services) => services
        .AddTransient<PostPublications>().AddTransient<OnePublication>().AddTransient<DraftCheck>().AddTransient<ScheduleCheck>()
        .AddTransient<SchedulePost>().AddTransient<CancelPost>().AddTransient<UnschedulePost>().AddTransient<MovePublication>()
        .AddTransient<RetryPublication>().AddTransient<ConfirmPublication>().AddTransient<EditChecks>().AddTransient<EditPublished>().AddTransient<ListPublications>().AddTransient<ShowCalendar>().AddTransient<CountPublished>();

    private static void AddDispatch(IServiceCollection services, bool isDevelopment)
    {
        services.AddSingleton(provider => new WorkerIdentity(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory));
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IConfiguration>();
            return new Failpoints(isDevelopment || settings.GetValue("Faults:Enabled", false) ? settings["FAILPOINT"] : null);
        });
        services.AddSingleton<ClaimPublications>().AddSingleton<ClaimKeeper>().AddSingleton<PreparePart>().AddSingleton<NetworkCall>().AddSingleton<AfterSend>();
        services.AddSingleton<SendParts>().AddSingleton<SettleLost>().AddSingleton<UnsentPublications>().AddSingleton<DispatchPublication>().AddSingleton<DeliverEvents>();
        services.AddHostedService<PublishingDispatcher>().AddHostedService<OutboxRelay>().AddHostedService<OverdueWatchdog>();
        services.AddSingleton<ExpireUnapproved>().AddHostedService<ApprovalClock>();
        services.AddSingleton<EditStore>().AddSingleton<CarryEdit>().AddSingleton<SettleEdits>().AddHostedService<EditWatch>();
    }
}
