using System.Linq.Expressions;
using Platform.Tenancy;

namespace Platform.Storage.Sqlite;

/// <summary>A collection as one caller sees it: the table, and the organization that every statement is held to (null for the platform).</summary>
internal sealed record Scope(Table Table, string? Organization)
{
    /// <summary>The table under the alias that all statements use.</summary>
    public string From => $"{Table.Sql} AS d";

    /// <summary>The caller's scope: his organization for what organizations own, everything for the platform.</summary>
    public static Scope Of(Table table, Caller caller)
    {
        if (caller.IsPlatform) { return new(table, null); }
        if (!table.IsOwned) { throw new InvalidOperationException($"{table.Name} belongs to the platform: only the platform's caller reaches it"); }
        return new(table, caller.OrganizationId);
    }

    /// <summary>Appends the organization and the filter as conditions.</summary>
    public void AppendConditions(SqlText sql, LambdaExpression? filter)
    {
        if (Organization is not null) { sql.Add("d.org = ").Value(Organization); }
        if (filter is not null && Organization is not null) { sql.Add(" AND "); }
        if (filter is not null) { FilterTranslator.Append(Table, filter, sql); }
        if (filter is null && Organization is null) { sql.Add("1"); }
    }

    /// <summary>Throws where a record is not the caller's to write.</summary>
    public void Demand(Document document)
    {
        var owner = Table.OwnerOf(document);
        if (Table.IsOwned && string.IsNullOrEmpty(owner)) { throw new InvalidOperationException($"a record of {Table.Name} names no organization"); }
        if (Organization is not null && owner != Organization) { throw new InvalidOperationException($"a record of {Table.Name} names another organization than the caller's"); }
    }
}
