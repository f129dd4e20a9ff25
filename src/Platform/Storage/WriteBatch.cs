using System.Linq.Expressions;
using Platform.Tenancy;

namespace Platform.Storage;

/// <summary>Writes to one or more collections that happen together or not at all. Use it where two records must never disagree; a single record needs none.</summary>
public sealed class WriteBatch
{
    private readonly List<IWriteStep> _steps = [];

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<IWriteStep> Steps => _steps;

    /// <summary>Adds a record.</summary>
    public WriteBatch Insert<T>(Caller caller, T document) where T : Document { _steps.Add(new InsertStep<T>(caller, document)); return this; }

    /// <summary>Replaces a record; the whole batch fails where the stored version is not <c>document.Version</c>.</summary>
    public WriteBatch Replace<T>(Caller caller, T document) where T : Document { _steps.Add(new ReplaceStep<T>(caller, document)); return this; }

    /// <summary>Changes one match; the whole batch fails where nothing matches, unless <paramref name="required"/> is false.</summary>
    public WriteBatch Update<T>(Caller caller, Expression<Func<T, bool>> filter, Update<T> update, bool required = true) where T : Document
    {
        _steps.Add(new UpdateStep<T>(caller, filter, update, required));
        return this;
    }

    /// <summary>Deletes by id; the whole batch fails where it is not there.</summary>
    public WriteBatch Delete<T>(Caller caller, string id) where T : Document { _steps.Add(new DeleteStep<T>(caller, id)); return this; }
}

/// <summary>One step of a <see cref="WriteBatch"/>.</summary>
public interface IWriteStep
{
    /// <summary>On whose behalf: an organization's caller is held to its organization, as in <see cref="IDocumentStore.For{T}"/>; a platform caller is not.</summary>
    Caller Caller { get; }

    /// <summary>The record's type.</summary>
    Type Type { get; }
}

/// <summary>Adds a record.</summary>
public sealed record InsertStep<T>(Caller Caller, T Document) : IWriteStep where T : Document { /// <inheritdoc />
    public Type Type => typeof(T); }

/// <summary>Replaces a record of the expected version.</summary>
public sealed record ReplaceStep<T>(Caller Caller, T Document) : IWriteStep where T : Document { /// <inheritdoc />
    public Type Type => typeof(T); }

/// <summary>Changes one match.</summary>
public sealed record UpdateStep<T>(Caller Caller, Expression<Func<T, bool>> Filter, Update<T> Update, bool Required) : IWriteStep where T : Document { /// <inheritdoc />
    public Type Type => typeof(T); }

/// <summary>Deletes a record.</summary>
public sealed record DeleteStep<T>(Caller Caller, string Id) : IWriteStep where T : Document { /// <inheritdoc />
    public Type Type => typeof(T); }
