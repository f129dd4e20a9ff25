using Platform.Primitives;

namespace Platform.Ui;

/// <summary>What a person is doing on an open page: each click and each change has an id that joins what it logs and records, as a request's does. One per page (circuit).</summary>
public sealed class PageActivity
{
    /// <summary>The present one.</summary>
    public string Id { get; private set; } = Ids.New();

    /// <summary>Another one begins. What a circuit receives comes one after another.</summary>
    public string Begin() => Id = Ids.New();
}
