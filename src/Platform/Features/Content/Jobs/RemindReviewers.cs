using Platform.Features.Content.Actions;
using Platform.Jobs;

namespace Platform.Features.Content.Jobs;

/// <summary>Reminds approvers of what is due soon.</summary>
[Job("remind-reviewers"), Recurring("*/10 * * * *")]
public sealed class RemindReviewers(RemindOfReviews remind) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) => await remind.RunAsync(cancellationToken);
}
