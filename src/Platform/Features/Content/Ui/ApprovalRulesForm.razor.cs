using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Ui;

/// <summary>Edits one set of rules.</summary>
public sealed partial class ApprovalRulesForm(IStringLocalizer<ApprovalTexts> T)
{
    private readonly List<StageDraft> _stages = [];
    private bool _noSelf;
    private bool _editsReset;
    private bool _expires;
    private ApprovalRules? _shown;

    /// <summary>Distinguishes several on one page.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>The rules as they are.</summary>
    [Parameter, EditorRequired] public required ApprovalRules Rules { get; set; }

    /// <summary>How many stages the plan allows.</summary>
    [Parameter, EditorRequired] public required int MaxStages { get; set; }

    /// <summary>Members who may be named.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<Mentionable> Members { get; set; }

    /// <summary>What stands against saving.</summary>
    [Parameter] public Problem? Problem { get; set; }

    /// <summary>The reader saves.</summary>
    [Parameter, EditorRequired] public required EventCallback<ApprovalRules> OnSave { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Rules)) { return; }
        _shown = Rules;
        _stages.Clear();
        _stages.AddRange(Rules.Stages.Select(s => new StageDraft { Name = s.Name, Approvals = s.Approvals, Roles = [.. s.Roles], Members = [.. s.Members] }));
        (_noSelf, _editsReset, _expires) = (Rules.NoSelfApproval, Rules.EditsReset, Rules.ExpiresLate);
    }

    private Task SaveAsync() => OnSave.InvokeAsync(new()
    {
        Stages = [.. _stages.Select(s => new ApprovalStage { Name = s.Name.Trim(), Roles = [.. s.Roles.Order()], Members = [.. s.Members], Approvals = s.Approvals })],
        NoSelfApproval = _noSelf, EditsReset = _editsReset, ExpiresLate = _expires,
    });

    private static void Set<T>(HashSet<T> of, T value, bool on) { if (on) { of.Add(value); } else { of.Remove(value); } }

    private sealed class StageDraft
    {
        public string Name { get; set; } = "";

        public int Approvals { get; set; } = 1;

        public HashSet<Role> Roles { get; init; } = [Role.Manager];

        public HashSet<string> Members { get; init; } = [];
    }
}
