using Platform;
using Platform.Ai;
using Platform.Api;
using Platform.Coordination;
using Platform.Features.Accounts;
using Platform.Features.Agents;
using Platform.Features.Analytics;
using Platform.Features.Audit;
using Platform.Features.Channels;
using Platform.Features.Content;
using Platform.Features.Demo;
using Platform.Features.Library;
using Platform.Features.Media;
using Platform.Features.Notifications;
using Platform.Features.Operations;
using Platform.Features.Organizations;
using Platform.Features.Publishing;
using Platform.Features.Sandbox;
using Platform.Jobs;
using Platform.Networks;
using Platform.Pictures;
using Platform.Storage;
using Platform.Telemetry;
using Platform.Ui;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = Commands.Settings(args), ContentRootPath = Commands.ContentRoot(AppContext.BaseDirectory, Directory.GetCurrentDirectory()) });
builder.WebHost.UseStaticWebAssets();

var modules = new Modules(builder)
    .Add<TelemetryModule>().Add<StorageModule>().Add<CoordinationModule>().Add<JobsModule>().Add<NetworksModule>().Add<AiModule>().Add<PicturesModule>()
    .Add<ApiModule>().Add<UiModule>()
    .Add<AccountsModule>().Add<StaffModule>().Add<SignInWaysModule>().Add<OrganizationsModule>().Add<AuditModule>().Add<NotificationsModule>()
    .Add<ChannelsModule>().Add<MediaModule>().Add<ContentModule>().Add<LibraryModule>().Add<PublishingModule>().Add<AnalyticsModule>().Add<SandboxModule>()
    .Add<AgentsModule>().Add<OperationsModule>().Add<DemoModule>();

var app = builder.Build();
await app.RunAsync(modules, args);

/// <summary>The entry point, public so that tests can start the app.</summary>
public partial class Program;
