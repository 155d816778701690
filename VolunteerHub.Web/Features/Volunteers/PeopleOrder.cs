using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data.Configurations;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>Where in each of the orders a person stands.</summary>
internal sealed record Place(string NameKey, string Number, DateOnly JoinedOn, VolunteerId Id);

/// <summary>The orders of the list. Each is that of an index, and ends with something that nobody shares.</summary>
internal static class PeopleOrder
{
    /// <param name="people">Whom to sort.</param>
    /// <param name="sort">By what.</param>
    /// <param name="descending">From the end.</param>
    /// <param name="behind">Only who comes behind this place, in this direction; null begins at the beginning.</param>
    public static IQueryable<Volunteer> Of(IQueryable<Volunteer> people, PeopleSort sort, bool descending, Place? behind) => sort switch
    {
        PeopleSort.Number => Sorted(people, v => v.Number, behind?.Number, descending),
        PeopleSort.Joined => Sorted(people, v => v.JoinedOn, behind?.JoinedOn ?? default, behind?.Id, descending),
        _ => Sorted(people, v => EF.Property<string>(v, VolunteerConfiguration.NameKey), behind?.NameKey!, behind?.Id, descending),
    };

    private static IQueryable<Volunteer> Sorted(IQueryable<Volunteer> people, Expression<Func<Volunteer, string>> key, string? behind, bool descending)
    {
        if (behind is not null) people = people.Where(Compared(key, behind, descending ? ExpressionType.LessThan : ExpressionType.GreaterThan));
        return descending ? people.OrderByDescending(key) : people.OrderBy(key);
    }

    private static IQueryable<Volunteer> Sorted<TKey>(IQueryable<Volunteer> people, Expression<Func<Volunteer, TKey>> key, TKey behind, VolunteerId? id, bool descending)
    {
        if (id is { } last)
        {
            // key >= k AND (key > k OR id > i): the first part is a range of the index, which (key, id) > (k, i) in other forms is not.
            var (atLeast, beyond) = descending ? (ExpressionType.LessThanOrEqual, ExpressionType.LessThan) : (ExpressionType.GreaterThanOrEqual, ExpressionType.GreaterThan);
            var rest = Compared(key, behind, beyond);
            Expression<Func<Volunteer, VolunteerId>> own = v => v.Id;
            var tie = Compared(own, last, beyond);
            var either = Expression.Lambda<Func<Volunteer, bool>>(Expression.OrElse(rest.Body, new Renamed(tie.Parameters[0], rest.Parameters[0]).Visit(tie.Body)), rest.Parameters);
            people = people.Where(Compared(key, behind, atLeast)).Where(either);
        }

        return descending ? people.OrderByDescending(key).ThenByDescending(v => v.Id) : people.OrderBy(key).ThenBy(v => v.Id);
    }

    /// <summary>A comparison of the database's own. C# knows none of texts or ids; the method is named so that the tree is whole, and never called.</summary>
    private static Expression<Func<Volunteer, bool>> Compared<TKey>(Expression<Func<Volunteer, TKey>> key, TKey with, ExpressionType how)
    {
        Expression<Func<TKey>> value = () => with;
        var method = typeof(PeopleOrder).GetMethod(nameof(InDatabase), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(typeof(TKey));
        return Expression.Lambda<Func<Volunteer, bool>>(Expression.MakeBinary(how, key.Body, value.Body, liftToNull: false, method), key.Parameters);
    }

    private static bool InDatabase<TKey>(TKey left, TKey right) => throw new NotSupportedException($"{left} and {right} are compared by the database.");

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
