using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where a person makes an account with an organization.</summary>
public sealed partial class SignUpPage(Register register, NavigationManager navigation)
{
    private static readonly IReadOnlyList<string> Zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId).Select(z => z.Id).Append("Etc/UTC").Distinct().Order(StringComparer.Ordinal)];

    private Problem? _problem;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "sign-up")] public SignUpForm? Form { get; set; }

    private async Task SubmitAsync()
    {
        var form = Form ?? new SignUpForm();
        var request = new RegisterRequest(form.Email ?? "", form.Password ?? "", form.FirstName ?? "", form.LastName ?? "", form.OrganizationName ?? "", form.TimeZone);
        var result = await register.RunAsync(Http.GetCaller(), request, BrowserSession.Device(Http), Http.RequestAborted);
        _problem = result.Problem;
        if (!result.Ok) { return; }
        await BrowserSession.OpenAsync(Http, result.Value.Caller);
        navigation.NavigateTo("/");
    }
}

/// <summary>A new account, as the form sends it.</summary>
public sealed class SignUpForm
{
    /// <summary>First name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Last name.</summary>
    public string? LastName { get; set; }

    /// <summary>The organization's name.</summary>
    public string? OrganizationName { get; set; }

    /// <summary>The address.</summary>
    public string? Email { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>The organization's zone.</summary>
    public string? TimeZone { get; set; }
}
