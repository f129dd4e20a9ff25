using Microsoft.Extensions.AI;

namespace Platform.Ai;

/// <summary>One way to a model.</summary>
public interface IModelProvider
{
    /// <summary>What it is and what it lacks.</summary>
    ModelStatus Status { get; }

    /// <summary>The client; only asked for where nothing is missing. Failures come out as <see cref="ModelException"/>.</summary>
    IChatClient Client { get; }
}
