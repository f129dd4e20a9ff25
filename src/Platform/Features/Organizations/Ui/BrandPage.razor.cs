using Microsoft.Extensions.Localization;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>How the organization speaks and looks.</summary>
public sealed partial class BrandPage(CallerProvider callers, EditBrand edit, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private Result<BrandView>? brand;
    private BrandForm form = new();
    private Problem? problem;

    private bool MayManage { get; set; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        problem = null;
        var caller = await callers.GetAsync();
        MayManage = caller.May(Permission.OrganizationManage);
        Show(await edit.GetAsync(caller, caller.OrganizationId, CancellationToken.None));
    }

    private void Show(Result<BrandView> found)
    {
        brand = found;
        if (found.Ok) { form = BrandForm.Of(found.Value); }
    }

    private async Task SaveAsync()
    {
        var caller = await callers.GetAsync();
        var result = await edit.SetAsync(caller, caller.OrganizationId, form.ToRequest(), brand?.Value?.Version, CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        Show(result);
        toasts.Say(T["BrandSaved"]);
    }
}
