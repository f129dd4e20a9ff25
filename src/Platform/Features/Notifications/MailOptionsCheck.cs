using Microsoft.Extensions.Options;

namespace Platform.Features.Notifications;

/// <summary>Reports every mistake in the settings at once; never their values.</summary>
internal sealed class MailOptionsCheck : IValidateOptions<MailOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, MailOptions options) =>
        options.Mistakes().ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
}
