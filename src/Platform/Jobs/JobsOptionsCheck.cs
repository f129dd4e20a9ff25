using Microsoft.Extensions.Options;

namespace Platform.Jobs;

/// <summary>Reports every mistake in the settings at once.</summary>
internal sealed class JobsOptionsCheck : IValidateOptions<JobsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, JobsOptions options) =>
        options.Mistakes().ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
}
