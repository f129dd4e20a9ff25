using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Features.Notifications.Actions;
using Platform.Features.Notifications.Api;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Jobs;
using Platform.Features.Notifications.Store;
using Platform.Features.Notifications.Ui;
using Platform.Features.Publishing.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Notifications;

/// <summary>Wires up mails and notices.</summary>
public sealed class NotificationsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.TryAddSingleton<PublicLinks>();
        services.AddSealed<OutgoingMail>("Waiting mails", m => m.Sealed, MailSeal.Place).AddCollection(MailStore.Collection).AddCollection(NoticeStore.Collection).AddSingleton<MailStore>().AddSingleton<NoticeStore>();
        services.AddSingleton<SmtpSender>().AddSingleton<MailSeal>();
        services.AddTransient<Mailer>().AddTransient<IMailer, Mailer>().AddTransient<DeliverMail>().AddJob<SendMail, SendMailPayload>();
        services.AddTransient<NoticeMails>().AddTransient<Notices>().AddTransient<INotices, Notices>().AddTransient<IPublicationObserver, RaisePublicationNotices>();
        services.AddTransient<ListNotices>().AddTransient<CountUnread>().AddTransient<MarkNoticeRead>().AddTransient<MarkAllNoticesRead>().AddTransient<DeleteNotice>();
        services.AddTransient<NoticeCommands>().AddTransient<ListMailbox>();
        services.AddSingleton(new HeaderPart(MenuArea.Customer, ShellSlot.Bar, 10, typeof(NoticeBell)));
        services.AddSingleton(new MenuEntry(MenuArea.Staff, 80, "Mailbox", "/admin/mailbox", "mail", Permission.StaffManage));
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => NotificationEndpoints.Map(app);
}
