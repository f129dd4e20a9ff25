using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Platform.Features.Notifications.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.TestKit;

/// <summary>Takes the mails of an app in the place of its outbox. A mail of a batch that failed is in it too.</summary>
public sealed class MailBox
{
    private readonly ConcurrentQueue<Mail> _mails = new();

    /// <summary>All mails to an address, oldest first.</summary>
    public IReadOnlyList<Mail> To(string email) => [.. _mails.Where(m => m.To == email)];

    /// <summary>The subjects of all mails to an address, oldest first.</summary>
    public IReadOnlyList<string> SubjectsTo(string email) => [.. To(email).Select(m => m.Subject)];

    /// <summary>Puts it into an app. Mail counts as not configured, so that addresses need no confirmation.</summary>
    public PlatformApp Into(PlatformApp app) => app.With(services =>
    {
        var mailer = Substitute.For<IMailer>();
        mailer.When(m => m.Send(Arg.Any<WriteBatch>(), Arg.Any<Caller>(), Arg.Any<Mail>())).Do(call => _mails.Enqueue(call.Arg<Mail>()));
        services.Replace(ServiceDescriptor.Singleton(mailer));
    });
}
