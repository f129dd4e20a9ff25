using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>The rules of approval: the organization's, and those of channels that have their own.</summary>
public sealed partial class ApprovalSettingsPage(ApprovalPolicies policies, ReviewPeople people, IChannels channels, CallerProvider callers, Toasts toasts, IStringLocalizer<ApprovalTexts> T)
{
    private Result<ApprovalPolicyView>? _policy;
    private IReadOnlyList<Mentionable> _members = [];
    private IReadOnlyDictionary<string, string> _channels = new Dictionary<string, string>();
    private Problem? _problem;
    private string? _savedFor;
    private string? _fresh;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        _policy = await policies.GetAsync(caller, CancellationToken.None);
        if (!_policy.Ok) { return; }
        _members = [.. (await people.MembersAsync(caller.OrganizationId, CancellationToken.None)).Where(m => ApprovalPolicyRules.Approvers.Contains(m.Membership.Role)).Select(m => new Mentionable(m.Person.Id, m.Person.Name))];
        _channels = (await channels.ListAsync(caller, CancellationToken.None)).ToDictionary(c => c.Id, c => c.DisplayName);
    }

    private async Task SaveAsync(string? channelId, ApprovalRules rules)
    {
        var saved = await policies.RunAsync(await callers.GetAsync(), new(channelId, rules, _policy?.Value?.Version), CancellationToken.None);
        (_problem, _savedFor) = (saved.Problem, channelId ?? "");
        if (!saved.Ok) { return; }
        (_policy, _fresh) = (saved, null);
        toasts.Say(T["Saved"]);
    }

    private async Task ClearAsync(string channelId)
    {
        if (_fresh == channelId) { _fresh = null; return; }
        var saved = await policies.RunAsync(await callers.GetAsync(), new(channelId, null, _policy?.Value?.Version), CancellationToken.None);
        (_problem, _savedFor) = (saved.Problem, channelId);
        if (saved.Ok) { _policy = saved; }
    }
}
