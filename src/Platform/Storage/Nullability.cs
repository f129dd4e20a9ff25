using System.Collections.Concurrent;
using System.Reflection;

namespace Platform.Storage;

/// <summary>Which members of a record can be null. Remembered, because to ask reflection takes longer than the rest of a statement's making.</summary>
internal static class Nullability
{
    private static readonly ConcurrentDictionary<PropertyInfo, bool> Known = new();

    /// <summary>Whether it can, by its declaration.</summary>
    public static bool CanBeNull(PropertyInfo property) => Known.GetOrAdd(property, Declared);

    private static bool Declared(PropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : new NullabilityInfoContext().Create(property).ReadState != NullabilityState.NotNull;
}
