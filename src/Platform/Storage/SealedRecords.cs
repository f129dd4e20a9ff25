using System.Linq.Expressions;
using System.Security.Cryptography;
using Platform.Tenancy;

namespace Platform.Storage;

/// <summary>What became of values that were sealed with an older key.</summary>
/// <param name="Changed">How many are sealed with the current key now.</param>
/// <param name="Lost">How many do not open with any key that is there.</param>
public sealed record SealedAgain(long Changed, long Lost);

/// <summary>One kind of sealed value in the store. Every feature that keeps one registers it with <c>services.AddSealed(…)</c>, so that the master key can be changed.</summary>
public interface ISealedRecords
{
    /// <summary>What it is, in words.</summary>
    string Name { get; }

    /// <summary>The record's type.</summary>
    Type Type { get; }

    /// <summary>The member that holds the sealed text.</summary>
    string Member { get; }

    /// <summary>How many are sealed with a key that is not the current one.</summary>
    Task<long> CountOldAsync(CancellationToken cancellationToken);

    /// <summary>Seals these again with the current key. May be cut off and run again at any time, in any number of copies, while others write.</summary>
    Task<SealedAgain> SealAgainAsync(CancellationToken cancellationToken);
}

/// <summary>A sealed member of a collection's records.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class SealedMember<T>(string name, Expression<Func<T, string?>> member, Func<T, string> aad, IDocumentStore store, ISecretBox box) : ISealedRecords where T : Document
{
    private readonly Func<T, string?> _read = member.Compile();

    public string Name => name;

    public Type Type => typeof(T);

    public string Member => ((MemberExpression)member.Body).Member.Name;

    private IDocuments<T> All => store.ForPlatform<T>(Caller.Platform);

    public Task<long> CountOldAsync(CancellationToken cancellationToken) => All.CountAsync(IsOld(), cancellationToken);

    public async Task<SealedAgain> SealAgainAsync(CancellationToken cancellationToken)
    {
        long changed = 0, lost = 0;
        await foreach (var record in All.StreamAsync(new Query<T> { Filter = IsOld() }, cancellationToken))
        {
            if (Again(record) is not { } text) { lost++; continue; }
            // Only where it is still the value that was opened: a writer that was faster has sealed with the current key.
            if (await All.UpdateOneAsync(IsStill(record), new Update<T>().Set(member, text), cancellationToken: cancellationToken) is not null) { changed++; }
        }
        return new SealedAgain(changed, lost);
    }

    private string? Again(T record)
    {
        try { return box.Seal(box.Open(_read(record)!, aad(record)), aad(record)); }
        catch (CryptographicException) { return null; }
    }

    private Expression<Func<T, bool>> IsOld()
    {
        var starts = Expression.Call(member.Body, typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string)])!, Expression.Constant(box.Prefix));
        return Expression.Lambda<Func<T, bool>>(Expression.AndAlso(Expression.NotEqual(member.Body, Expression.Constant(null, typeof(string))), Expression.Not(starts)), member.Parameters);
    }

    private Expression<Func<T, bool>> IsStill(T record) => Expression.Lambda<Func<T, bool>>(
        Expression.AndAlso(
            Expression.Equal(Expression.Property(member.Parameters[0], nameof(Document.Id)), Expression.Constant(record.Id)),
            Expression.Equal(member.Body, Expression.Constant(_read(record), typeof(string)))),
        member.Parameters);
}
