using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Sandbox.Actions;
using Platform.Features.Sandbox.Contracts;
using Platform.Primitives;

namespace Platform.Features.Sandbox.Ui;

/// <summary>A practice account as the world would see it: open to all, like a page on any network.</summary>
public sealed partial class PublicPage(ReadSandboxPage action, NavigationManager navigation, IStringLocalizer<PracticeTexts> T)
{
    private Result<SandboxPage>? found;

    /// <summary>The account.</summary>
    [Parameter]
    public required string Handle { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        found = await action.RunAsync(Handle, CancellationToken.None);
        if (!found.Ok) { navigation.NotFound(); }
    }
}
