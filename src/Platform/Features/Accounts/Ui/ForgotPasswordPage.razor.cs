using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where a person asks for a link that sets a new password.</summary>
public sealed partial class ForgotPasswordPage(ForgotPassword forgot)
{
    private Problem? _problem;
    private bool _sent;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "forgot-password")] public EmailForm? Form { get; set; }

    private CallerKind Kind => ApiPaths.IsStaff(Http.Request.Path) ? CallerKind.Staff : CallerKind.Person;

    private async Task SubmitAsync()
    {
        var result = await forgot.RunAsync(Kind, Http.GetCaller(), Form?.Email, Http.RequestAborted);
        (_problem, _sent) = (result.Problem, result.Ok);
    }
}

/// <summary>An address, as a form sends it.</summary>
public sealed class EmailForm
{
    /// <summary>The address.</summary>
    public string? Email { get; set; }
}
