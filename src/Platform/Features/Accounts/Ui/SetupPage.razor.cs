using System.Net;
using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;

namespace Platform.Features.Accounts.Ui;

/// <summary>The one-time page that makes the first staff account: open to this machine itself, and to who knows the code from the log.</summary>
public sealed partial class SetupPage(SetupAccess setup, FirstStaff first, NavigationManager navigation)
{
    private Problem? _problem;
    private bool _closed;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "setup")] public SetupForm? Form { get; set; }

    // A proxy on this machine makes strangers look local, so its headers close the short way.
    private bool IsLocal => Http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !Http.Request.Headers.ContainsKey("X-Forwarded-For") && !Http.Request.Headers.ContainsKey("Forwarded") && !Http.Request.Headers.ContainsKey("Via");

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _closed = !await first.IsMissingAsync(Http.RequestAborted);

    private async Task SubmitAsync()
    {
        var request = new FirstStaffRequest(Form?.Email ?? "", Form?.Password ?? "", Form?.Name ?? "");
        var result = await setup.RunAsync(first, Http.GetCaller(), IsLocal, Form?.Code, request, Http.RequestAborted);
        _problem = result.Problem;
        if (result.Ok) { navigation.NavigateTo("/admin/sign-in?ready=1"); }
    }
}

/// <summary>The first staff account, as the form sends it.</summary>
public sealed class SetupForm
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The address.</summary>
    public string? Email { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>The code from the log.</summary>
    public string? Code { get; set; }
}
